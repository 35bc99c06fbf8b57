//! Layers of a strict partial order, from the top: the first holds the options that none is ahead of, the next those
//! that none of the rest is ahead of, and so on. Every option below the first layer has one ahead of it just above.

/// Returns the layers of so many options; `is_ahead` must be transitive.
pub(super) fn of(size: usize, is_ahead: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut ahead: Vec<usize> = (0..size).map(|b| (0..size).filter(|a| is_ahead(*a, b)).count()).collect();
    let mut layers = Vec::new();
    let mut rest: Vec<usize> = (0..size).collect();
    while !rest.is_empty() {
        let (layer, below): (Vec<usize>, Vec<usize>) = rest.iter().partition(|option| ahead[**option] == 0);
        assert!(!layer.is_empty(), "invariant: the order has no circle");
        for option in &below {
            ahead[*option] -= layer.iter().filter(|above| is_ahead(**above, *option)).count();
        }
        layers.push(layer);
        rest = below;
    }
    layers
}
