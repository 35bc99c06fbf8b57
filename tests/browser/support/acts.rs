//! What a browser does and looks at beyond clicking: forms sent as they are shown, single keys, enlarged and printed pages.

use serde_json::json;

use super::{Browser, axe};

/// By how much the page, or cards that stand in it, are wider than their room with letters of a size, and what reaches over the edge.
pub const WIDER: &str = "
    const root = document.documentElement;
    root.style.setProperty('font-size', arguments[0]);
    const cards = [...document.querySelectorAll('.scroll > table.cards')]
        .filter(table => getComputedStyle(table).display === 'block').map(table => table.parentElement);
    const wider = Math.max(...[root, ...cards].map(room => room.scrollWidth - room.clientWidth));
    const over = [...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > root.clientWidth);
    const which = wider > 0 ? over.slice(-3).map(one => one.outerHTML.slice(0, 120)) : [];
    root.style.removeProperty('font-size');
    return [wider, which];
";

impl Browser {
    /// Sends the form of a button as its page shows it, with some fields set, and returns status, text and address of the answer.
    /// A name that ends in `*` sets every field that begins so.
    pub async fn send(&self, path: &str, button: &str, fields: &[(&str, &str)]) -> (u64, String, String) {
        let script = "
            const [css, fields, done] = arguments, button = document.querySelector(css);
            if (!button) return done([0, 'no button ' + css, location.pathname]);
            const form = button.form, data = new FormData(form, button), set = new Set();
            for (const [name, value] of fields) {
                const names = name.endsWith('*')
                    ? [...form.elements].map(field => field.name).filter(other => other.startsWith(name.slice(0, -1)))
                    : [name];
                for (const each of names) {
                    if (!set.has(each) || name.endsWith('*')) data.delete(each);
                    set.add(each);
                    data.append(each, value);
                }
            }
            const to = button.hasAttribute('formaction') ? button.formAction : form.getAttribute('action') || location.href;
            fetch(to, { method: 'POST', body: form.enctype.startsWith('multipart') ? data : new URLSearchParams(data) })
                .then(answer => answer.text().then(text => done([answer.status, text, new URL(answer.url).pathname])))
                .catch(error => done([0, String(error), '']));
        ";
        self.open(path).await;
        let fields = json!(fields.iter().map(|(name, value)| json!([name, value])).collect::<Vec<_>>());
        let said = self.client.execute_async(script, vec![json!(button), fields]).await.unwrap();
        let text = |at: usize| said[at].as_str().unwrap_or_default().to_owned();
        (said[0].as_u64().unwrap_or_default(), text(1), text(2))
    }

    /// Presses one key where the focus is.
    pub async fn key(&self, key: &str) {
        let (code, number, text) = match key {
            "Tab" => ("Tab", 9, ""),
            "Enter" => ("Enter", 13, "\r"),
            "Space" => ("Space", 32, " "),
            "ArrowDown" => ("ArrowDown", 40, ""),
            "Backspace" => ("Backspace", 8, ""),
            other => panic!("no key {other}"),
        };
        let key = if key == "Space" { " " } else { key };
        let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        let press = json!({ "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number, "text": text });
        self.command("Input.dispatchKeyEvent", &press).await;
        let release = json!({ "type": "keyUp", "key": key, "code": code, "windowsVirtualKeyCode": number });
        self.command("Input.dispatchKeyEvent", &release).await;
    }

    /// Returns where another scheme of colours breaks the rules of contrast.
    pub async fn faults_of_colour(&self) -> Vec<String> {
        let at = self.path().await;
        let broken = axe::violations(&self.client, axe::Rules::Colours).await;
        broken.into_iter().map(|fault| format!("{at}: {fault}")).collect()
    }

    /// Returns whether the page needs to be scrolled sideways when it is zoomed to 200 %, and in a window of 640 pixels with
    /// letters of twice the size; whether anything moves for a reader who asked for no motion, and whether paper carries what only
    /// a window can use.
    pub async fn faults_enlarged(&self) -> Vec<String> {
        let at = self.path().await;
        let mut faults = Vec::new();
        for (width, factor, letters, called) in
            [(720, 2, "", "zoomed to 200 %"), (640, 1, "200%", "with letters of twice the size")]
        {
            let metrics = json!({ "width": width, "height": 900, "deviceScaleFactor": factor, "mobile": false });
            self.command("Emulation.setDeviceMetricsOverride", &metrics).await;
            let wider = self.client.execute(WIDER, vec![letters.into()]).await.unwrap();
            if wider[0].as_i64().unwrap_or_default() > 0 {
                faults.push(format!("{at}: {} pixels wider than a window of {width} {called}: {}", wider[0], wider[1]));
            }
        }
        let moves = "return [...document.querySelectorAll('*')].filter(one => {
            const style = getComputedStyle(one);
            return style.transitionDuration.split(', ').some(time => parseFloat(time) > 0) || style.animationName !== 'none';
        }).length";
        let moves = self.client.execute(moves, vec![]).await.unwrap();
        if moves.as_i64().unwrap_or_default() > 0 {
            faults.push(format!("{at}: {moves} elements move for a reader who wants no motion"));
        }
        self.command("Emulation.setEmulatedMedia", &json!({ "media": "print" })).await;
        let printed = "
            const shown = one => one.checkVisibility() && one.getBoundingClientRect().height > 1;
            return [...document.querySelectorAll('header.site nav, .skip, .crumbs, main button, .filters')].filter(shown).length;
        ";
        let printed = self.client.execute(printed, vec![]).await.unwrap();
        self.command("Emulation.setEmulatedMedia", &json!({})).await;
        if printed.as_i64().unwrap_or_default() > 0 {
            faults.push(format!("{at}: {printed} buttons, filters or ways to other pages are printed"));
        }
        faults
    }
}
