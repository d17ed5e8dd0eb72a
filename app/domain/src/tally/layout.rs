//! Which number of a tally means what, derived from the instrument and from nothing else.

use crate::instrument::{About, Instrument, Item, Purpose};
use crate::language::Words;
use crate::survey::{Route, Variant};

/// Code of the node over all core items.
pub const WHOLE: &str = "all";
/// Code of the node over core items about the deciding agency.
pub const DECIDING: &str = "deciding";
/// Code of the node over core items about the receiving office.
pub const RECEIVING: &str = "receiving";

/// Names of the three nodes that no instrument names.
#[must_use]
pub fn name_of_side(code: &str) -> Words {
    let (vi, en) = match code {
        DECIDING => ("Về cơ quan giải quyết", "About the deciding agency"),
        RECEIVING => ("Về nơi tiếp nhận", "About the receiving office"),
        _ => ("Toàn bộ dịch vụ", "The whole service"),
    };
    Words { vi: vi.to_owned(), en: Some(en.to_owned()), km: None }
}

/// The shape of a tally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Codes of the items whose answers a row is made of, in the instrument's order.
    pub items: Vec<String>,
    /// Which of them have histograms.
    pub listed: Vec<usize>,
    /// Groups of items whose sums are kept together with all their products.
    pub atoms: Vec<Vec<usize>>,
    /// Nodes of the index tree.
    pub nodes: Vec<Node>,
    /// Facts: code and number of options.
    pub facts: Vec<(String, usize)>,
    /// Items whose codes are multiplied pairwise, with each other and with the overall question.
    pub coded: Vec<usize>,
    /// Nodes that are factors of the headline: their scores are multiplied with each other.
    pub factors: Vec<usize>,
}

/// A node above the items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Code: of a factor or a content, or [`WHOLE`], [`DECIDING`], [`RECEIVING`].
    pub code: String,
    /// Its atoms.
    pub atoms: Vec<usize>,
    /// Its items.
    pub items: Vec<usize>,
}

/// The items of an instrument in the order of its tree.
pub fn items_of(instrument: &Instrument) -> impl Iterator<Item = &Item> {
    instrument.contents.iter().flat_map(|c| &c.factors).flat_map(|f| &f.items)
}

/// Items that are in base cells: those asked of everyone on some route. Branch items single people
/// out and exist only in a published part (privacy-security.md 4).
pub fn base_items(instrument: &Instrument) -> impl Iterator<Item = &Item> {
    items_of(instrument).filter(|item| item.only_if.is_none())
}

impl Layout {
    /// The layout of base cells: every base item is an atom, so that any definition over items can
    /// be computed later from what was kept.
    #[must_use]
    pub fn base(instrument: &Instrument) -> Self {
        let items: Vec<&Item> = base_items(instrument).collect();
        let atoms: Vec<Vec<usize>> = (0..items.len()).map(|i| vec![i]).collect();
        let layout = Self::with_atoms(instrument, &items, atoms, (0..items.len()).collect());
        let coded = (0..items.len()).filter(|at| items[*at].core).collect();
        let factors = instrument.contents.iter().flat_map(|content| &content.factors);
        let core = factors.filter(|factor| factor.items.iter().all(|item| item.core));
        let factors = core.filter_map(|factor| layout.node(&factor.code)).collect();
        Self { coded, factors, ..layout }
    }

    /// The layout of the parts of a cut: sums of blocks (factor × whom it is about), and histograms
    /// of the branch items alone, which stand after the base items.
    #[must_use]
    pub fn part(instrument: &Instrument) -> Self {
        let base: Vec<&Item> = base_items(instrument).collect();
        let mut items = base.clone();
        items.extend(items_of(instrument).filter(|item| item.only_if.is_some()));
        let mut atoms: Vec<Vec<usize>> = Vec::new();
        let mut keys = Vec::new();
        for (index, item) in base.iter().enumerate() {
            let key = (factor_of(instrument, &item.code), item.about, item.core);
            if let Some(at) = keys.iter().position(|k| *k == key) {
                atoms[at].push(index);
            } else {
                keys.push(key);
                atoms.push(vec![index]);
            }
        }
        let listed = (base.len()..items.len()).collect();
        Self::with_atoms(instrument, &items, atoms, listed)
    }

    fn with_atoms(
        instrument: &Instrument,
        items: &[&Item],
        atoms: Vec<Vec<usize>>,
        listed: Vec<usize>,
    ) -> Self {
        let node = |code: &str, wanted: &dyn Fn(&Item) -> bool| {
            let chosen: Vec<usize> =
                (0..atoms.len()).filter(|a| atoms[*a].iter().all(|i| wanted(items[*i]))).collect();
            let inside: Vec<usize> = chosen.iter().flat_map(|a| atoms[*a].iter().copied()).collect();
            (!inside.is_empty()).then(|| Node { code: code.into(), atoms: chosen, items: inside })
        };
        let mut nodes = Vec::new();
        nodes.extend(node(WHOLE, &|item| item.core));
        for content in &instrument.contents {
            if instrument.contents.len() > 1 {
                let codes: Vec<&str> =
                    content.factors.iter().flat_map(|f| &f.items).map(|i| i.code.as_str()).collect();
                nodes.extend(node(&content.code, &|item| item.core && codes.contains(&item.code.as_str())));
            }
            // A factor is a node only if all its items are in base cells: SE without SE2 and SE3
            // would be another index under the same name.
            for factor in content.factors.iter().filter(|f| f.items.iter().all(|i| i.only_if.is_none())) {
                nodes.extend(node(&factor.code, &|item| factor.items.iter().any(|i| i.code == item.code)));
            }
        }
        for (code, about) in [(DECIDING, About::Deciding), (RECEIVING, About::Receiving)] {
            nodes.extend(node(code, &|item| item.core && item.about == about));
        }
        let facts = instrument.questions.iter().filter(|q| q.purpose == Purpose::Fact);
        Self {
            items: items.iter().map(|item| item.code.clone()).collect(),
            listed,
            nodes,
            facts: facts.map(|q| (q.code.clone(), q.options.len())).collect(),
            atoms,
            coded: Vec::new(),
            factors: Vec::new(),
        }
    }

    /// The position of a node.
    #[must_use]
    pub fn node(&self, code: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.code == code)
    }

    /// The position of an item.
    #[must_use]
    pub fn item(&self, code: &str) -> Option<usize> {
        self.items.iter().position(|item| item == code)
    }
}

fn factor_of<'a>(instrument: &'a Instrument, item: &str) -> Option<&'a str> {
    let factors = instrument.contents.iter().flat_map(|c| &c.factors);
    factors.into_iter().find(|f| f.items.iter().any(|i| i.code == item)).map(|f| f.code.as_str())
}

/// Whether an item is asked in a variant on a route; `visited` is false where the dossier was
/// handed in online. Everything that was imported counts as asked.
#[must_use]
pub fn is_asked(instrument: &Instrument, variant: Variant, route: Route, visited: bool, item: &Item) -> bool {
    let in_form = instrument
        .variants
        .get(&variant)
        .is_none_or(|form| form.items.as_ref().is_none_or(|items| items.contains(&item.code)));
    in_form && (route == Route::Imported || (item.routes.contains(&route) && (visited || !item.needs_visit)))
}
