//! What must hold between the lines of a file of units, and with the units that are there already.

use super::Draft;
use crate::error::{Said, said};
use crate::office::write_day;
use crate::table::{Faults, Header};
use domain::id::UnitId;
use domain::unit::{Unit, UnitKind};
use std::collections::{HashMap, HashSet};
use time::Date;

/// The lines of a file, their ids, and the units of the database that the file does not speak of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub header: &'a Header,
    pub drafts: &'a [Draft],
    pub ids: &'a [UnitId],
    pub others: &'a [&'a Unit],
}

impl Scene<'_> {
    fn note(self, faults: &mut Faults, draft: &Draft, column: &str, message: Said) {
        faults.add(draft.line, self.header.spot(column), message);
    }
}

struct Span {
    from: Date,
    to: Option<Date>,
    place: Said,
}

/// No code means two units on one day.
pub(super) fn overlaps(scene: Scene<'_>, faults: &mut Faults) {
    let mut spans: HashMap<&str, Vec<Span>> = HashMap::new();
    for unit in scene.others {
        let place = said!("danh mục ({})" / "the database ({})", unit.name.vi);
        spans.entry(&unit.code).or_default().push(Span { from: unit.valid_from, to: unit.valid_to, place });
    }
    for draft in scene.drafts {
        let spans = spans.entry(&draft.code).or_default();
        let (from, to) = (draft.valid_from, draft.valid_to);
        let meets =
            |span: &&Span| span.to.is_none_or(|end| from < end) && to.is_none_or(|end| span.from < end);
        if let Some(other) = spans.iter().find(meets) {
            let (code, since) = (&draft.code, write_day(other.from));
            let Said { vi, en } = &other.place;
            let message = if other.from == from {
                Said {
                    vi: format!("mã {code} bắt đầu lần thứ hai ngày {since}; lần kia ở {vi}"),
                    en: format!("the code {code} begins a second time on {since}; the other is in {en}"),
                }
            } else {
                Said {
                    vi: format!(
                        "mã {code} sẽ chỉ hai đơn vị cùng lúc; đơn vị kia, ở {vi}, bắt đầu ngày {since}"
                    ),
                    en: format!(
                        "the code {code} would mean two units at once; the other, in {en}, begins on {since}"
                    ),
                }
            };
            scene.note(faults, draft, "code", message);
        }
        spans.push(Span { from, to, place: said!("dòng {}" / "line {}", draft.line) });
    }
}

/// The parent of each draft: the unit with that code on the draft's first day.
pub(super) fn parents(scene: Scene<'_>, faults: &mut Faults) -> Vec<Option<UnitId>> {
    let mut by_code: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, draft) in scene.drafts.iter().enumerate() {
        by_code.entry(&draft.code).or_default().push(index);
    }
    let find = |draft: &Draft| {
        let (code, day) = (draft.parent_code.as_str(), draft.valid_from);
        let mut here = by_code.get(code).into_iter().flatten();
        let here = here.find(|i| scene.drafts[**i].is_valid_on(day));
        let known = || scene.others.iter().find(|u| u.code == code && u.is_valid_on(day));
        here.map(|i| (scene.ids[*i], scene.drafts[*i].kind)).or_else(|| known().map(|u| (u.id, u.kind)))
    };
    let mut found = Vec::with_capacity(scene.drafts.len());
    for draft in scene.drafts {
        let parent = find(draft).filter(|_| draft.kind != UnitKind::Province);
        found.push(parent.map(|(id, _)| id));
        match parent {
            Some((_, above)) if rank(above) > rank(draft.kind) => {
                let message =
                    said!("{above} không có {} trực thuộc" / "a {above} has no {} below it", draft.kind);
                scene.note(faults, draft, "parent_code", message);
            }
            None if draft.kind != UnitKind::Province => {
                let (code, day) = (&draft.parent_code, write_day(draft.valid_from));
                let message = said!(
                    "ngày {day} không có đơn vị {code}, trong tệp này cũng như trong danh mục"
                        / "there is no unit {code} on {day}, neither in this file nor before it"
                );
                scene.note(faults, draft, "parent_code", message);
            }
            _ => {}
        }
    }
    found
}

const fn rank(kind: UnitKind) -> u8 {
    match kind {
        UnitKind::Province => 0,
        UnitKind::District => 1,
        UnitKind::Commune | UnitKind::Department => 2,
        UnitKind::Centre => 3,
        UnitKind::Counter => 4,
    }
}

/// No unit stands below itself.
pub(super) fn cycles(scene: Scene<'_>, parents: &[Option<UnitId>], faults: &mut Faults) {
    let mut up: HashMap<UnitId, Option<UnitId>> = scene.others.iter().map(|u| (u.id, u.parent)).collect();
    up.extend(scene.ids.iter().copied().zip(parents.iter().copied()));
    for (draft, id) in scene.drafts.iter().zip(scene.ids) {
        let (mut at, mut seen) = (Some(*id), HashSet::new());
        while let Some(here) = at.filter(|here| seen.insert(*here)) {
            at = up.get(&here).copied().flatten();
        }
        if at == Some(*id) {
            let message = said!(
                "đơn vị {} sẽ trực thuộc chính nó" / "the unit {} would stand below itself",
                draft.code
            );
            scene.note(faults, draft, "parent_code", message);
        }
    }
}
