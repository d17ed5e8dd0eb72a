//! What must hold between the lines of a file of successions.

use super::Line;
use crate::error::{Said, said};
use crate::table::{Faults, Header};
use domain::succession::{Misfit, Share, add_up, is_same_name};
use std::collections::{BTreeMap, BTreeSet};
use time::Date;

/// The lines about one old unit agree with each other and add up to the whole of it. Returns the
/// numbers of the lines that do not agree.
pub(super) fn check(lines: &[Line], header: &Header, faults: &mut Faults) -> BTreeSet<u64> {
    let mut apart = BTreeSet::new();
    let mut olds: BTreeMap<(&str, Date), Vec<&Line>> = BTreeMap::new();
    for line in lines {
        olds.entry((&line.old_code, line.effective_on)).or_default().push(line);
    }
    for group in olds.values() {
        let is_clean = agree(group, header, faults);
        if !is_clean {
            apart.extend(group.iter().map(|line| line.number));
        }
        let shares: Vec<(Share, bool)> = group.iter().map(|line| (line.share, line.is_main)).collect();
        let Err((place, misfit)) = add_up(&shares) else { continue };
        if is_clean {
            let column = match misfit {
                Misfit::WholeAndOthers | Misfit::LonelyPart => "share",
                Misfit::NoMain | Misfit::SecondMain => "main_successor",
            };
            let (line, code) = (group[place].number, &group[place].old_code);
            let said =
                Said { vi: format!("{code}: {}", vietnamese(misfit)), en: format!("{code}: {misfit}") };
            faults.add(line, header.spot(column), said);
        }
    }
    apart
}

fn agree(group: &[&Line], header: &Header, faults: &mut Faults) -> bool {
    let first = group[0];
    let mut is_clean = true;
    for (index, line) in group.iter().enumerate().skip(1) {
        let mut note = |column: &str, message: Said| {
            faults.add(line.number, header.spot(column), message);
            is_clean = false;
        };
        for (column, one, other) in [
            ("old_name", &first.old_name, &line.old_name),
            ("old_district", &first.district, &line.district),
            ("old_province", &first.province, &line.province),
        ] {
            if !is_same_name(one, other) {
                let code = &line.old_code;
                note(
                    column,
                    said!("{code} là {one:?} ở dòng {}" / "{code} is {one:?} in line {}", first.number),
                );
            }
        }
        if let Some(twin) = group[..index].iter().find(|twin| twin.new_code == line.new_code) {
            let message = said!(
                "dòng {} đã ghi đơn vị này kế thừa: {}" / "line {} already names {} as its successor",
                twin.number,
                line.new_code
            );
            note("new_code", message);
        }
    }
    is_clean
}

const fn vietnamese(misfit: Misfit) -> &'static str {
    match misfit {
        Misfit::WholeAndOthers => {
            "một đơn vị đã nhận toàn bộ mà vẫn ghi thêm đơn vị khác; ghi part, hoặc bỏ các dòng kia"
        }
        Misfit::LonelyPart => "chỉ ghi một phần; ghi thêm đơn vị nhận phần còn lại, hoặc ghi whole",
        Misfit::NoMain => "chưa ghi đơn vị kế thừa chính; ghi yes cho một dòng",
        Misfit::SecondMain => "có hai đơn vị kế thừa chính; chỉ ghi yes cho một dòng",
    }
}
