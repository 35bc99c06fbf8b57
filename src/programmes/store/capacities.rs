//! What the secretariat can carry in each half-year of a session's programme.

use diesel::prelude::*;

use crate::db::schema::capacities;
use crate::db::{AnyConnection, StoreError, Tx};
use crate::kernel::ids::SessionId;
use crate::programmes::model::capacity::{Capacities, Capacity};
use crate::programmes::model::scenarios::Half;

/// A row: year, half, staff weeks, missions, money, currency.
type Row = (i32, i32, Option<i32>, Option<i32>, Option<i64>, String);

fn small(number: Option<i32>) -> Option<u32> {
    number.and_then(|number| u32::try_from(number).ok())
}

/// Returns what is set for a session, for whatever years.
pub fn of_session(conn: &mut AnyConnection, session: &SessionId) -> Result<Capacities, StoreError> {
    let rows: Vec<Row> = capacities::table
        .filter(capacities::session_id.eq(session))
        .order((capacities::in_year.asc(), capacities::half.asc()))
        .select((
            capacities::in_year,
            capacities::half,
            capacities::staff_weeks,
            capacities::missions,
            capacities::money,
            capacities::currency,
        ))
        .load(conn)?;
    let mut held = Capacities::default();
    for (year, half, staff_weeks, missions, money, currency) in rows {
        let money = money.and_then(|money| u64::try_from(money).ok());
        let one = Capacity { staff_weeks: small(staff_weeks), missions: small(missions), money };
        held.by_half.insert((year, u8::try_from(half).unwrap_or(1)), one);
        held.currency = currency;
    }
    Ok(held)
}

/// Puts what is set in the place of what was.
pub fn replace(tx: &mut Tx<'_>, session: &SessionId, wanted: &Capacities) -> Result<(), StoreError> {
    diesel::delete(capacities::table.filter(capacities::session_id.eq(session))).execute(&mut **tx)?;
    for (half, one) in &wanted.by_half {
        insert(tx, session, (*half, one), &wanted.currency)?;
    }
    Ok(())
}

fn insert(
    tx: &mut Tx<'_>,
    session: &SessionId,
    ((year, half), one): (Half, &Capacity),
    currency: &str,
) -> Result<(), StoreError> {
    let small = |number: Option<u32>| number.and_then(|number| i32::try_from(number).ok());
    diesel::insert_into(capacities::table)
        .values((
            capacities::session_id.eq(session),
            capacities::in_year.eq(year),
            capacities::half.eq(i32::from(half)),
            capacities::staff_weeks.eq(small(one.staff_weeks)),
            capacities::missions.eq(small(one.missions)),
            capacities::money.eq(one.money.and_then(|money| i64::try_from(money).ok())),
            capacities::currency.eq(currency),
        ))
        .execute(&mut **tx)?;
    Ok(())
}
