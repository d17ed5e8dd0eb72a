//! Whether a tally could be that of a handful of people. Exact, in integers: a tally that is one is
//! never denied.

use domain::tally::{Layout, Moments, Scores, Tally};

/// Whether these numbers could be the tally, in the shape of parts, of exactly its `n` people.
///
/// Each person is a vector of counts: satisfied answers and answers by block, of which the tally holds the
/// sum and the sum of products. So every number has its bounds, and the matrix of products, bordered with
/// the sums and with n, is one of sums of squares: positive semidefinite, and of rank n at most. A
/// difference of tallies of people who merely overlap fails that nearly always.
#[must_use]
pub fn could_be_people(tally: &Tally, layout: &Layout) -> bool {
    let n = tally.n;
    let within = |numbers: &[i64]| numbers.iter().all(|x| (0..=n).contains(x));
    let is_counted = within(&tally.overall) && tally.overall.iter().sum::<i64>() <= n;
    n > 0
        && is_counted
        && sums_fit(tally, layout)
        && layout.nodes.iter().zip(&tally.scores).all(|(_, scores)| scores_fit(scores, n))
        && within(&tally.all_satisfied)
        && is_sum_of_squares(tally)
}

/// By block: nobody is satisfied with more than she answered, nor answers more than there is.
fn sums_fit(tally: &Tally, layout: &Layout) -> bool {
    let (satisfied, answers) = tally.sums.split_at(layout.atoms.len().min(tally.sums.len()));
    let blocks = layout.atoms.iter().zip(satisfied.iter().zip(answers));
    blocks.into_iter().all(|(block, (s, a))| {
        let most = i64::try_from(block.len()).unwrap_or(i64::MAX).saturating_mul(tally.n);
        0 <= *s && s <= a && *a <= most
    })
}

/// People who answered k items have sums of codes from k to 5k.
fn scores_fit(scores: &Scores, n: i64) -> bool {
    let people: i64 = scores.iter().map(|[people, _, _]| people).sum();
    let fits = |(k, [people, sum, squares]): (i64, &[i64; 3])| {
        let (least, most) = (k * people, 5 * k * people);
        // Of numbers between k and 5k with this sum: the squares are least where they are alike, and
        // most where they stand at the two ends.
        0 <= *people
            && (least..=most).contains(sum)
            && i128::from(*squares) * i128::from(*people) >= i128::from(*sum) * i128::from(*sum)
            && *squares <= 6 * k * sum - 5 * k * k * people
            && (squares - sum) % 2 == 0
    };
    people == n && (0..).zip(scores).all(fits)
}

/// Whether n, the sums and the products are those of n vectors: elimination without fractions, which
/// keeps to integers because every entry is a minor of the matrix.
fn is_sum_of_squares(tally: &Tally) -> bool {
    let Some(mut matrix) = bordered(tally) else { return false };
    let mut open: Vec<usize> = (0..matrix.len()).collect();
    let (mut before, mut rank) = (1_i128, 0_i64);
    while let Some(at) = open.iter().position(|i| matrix[*i][*i] != 0) {
        let pivot = open.remove(at);
        let diagonal = matrix[pivot][pivot];
        rank += 1;
        if diagonal < 0 || rank > tally.n {
            return false;
        }
        for i in &open {
            for j in &open {
                let step = || {
                    let kept = matrix[*i][*j].checked_mul(diagonal)?;
                    let taken = matrix[*i][pivot].checked_mul(matrix[pivot][*j])?;
                    Some(kept.checked_sub(taken)? / before)
                };
                // Too large to tell: people are not denied.
                let Some(entry) = step() else { return true };
                matrix[*i][*j] = entry;
            }
        }
        before = diagonal;
    }
    open.iter().all(|i| open.iter().all(|j| matrix[*i][*j] == 0))
}

/// n and the sums around the products; `None` where the tally has another shape.
fn bordered(tally: &Tally) -> Option<Vec<Vec<i128>>> {
    let width = tally.sums.len();
    let mut matrix = vec![vec![0; width + 1]; width + 1];
    matrix[0][0] = i128::from(tally.n);
    let mut products = tally.products.iter();
    for (i, sum) in tally.sums.iter().enumerate() {
        matrix[0][i + 1] = i128::from(*sum);
        matrix[i + 1][0] = i128::from(*sum);
        for j in 0..=i {
            let product = i128::from(*products.next()?);
            matrix[i + 1][j + 1] = product;
            matrix[j + 1][i + 1] = product;
        }
    }
    Some(matrix)
}

/// A base tally in the shape of parts: its items summed by block, and nothing that parts do not hold.
/// `None` where the two shapes are not of one instrument.
#[must_use]
pub fn coarsen(tally: &Tally, base: &Layout, part: &Layout) -> Option<Tally> {
    let same = base.nodes.iter().map(|node| &node.code).eq(part.nodes.iter().map(|node| &node.code));
    let items = base.atoms.len();
    if !same || tally.sums.len() != 2 * items || part.atoms.iter().flatten().any(|item| *item >= items) {
        return None;
    }
    let blocks: Vec<Vec<usize>> = [0, items]
        .iter()
        .flat_map(|half| part.atoms.iter().map(move |block| block.iter().map(|item| item + half).collect()))
        .collect();
    let product = |i: &usize, j: &usize| {
        let (low, high) = (i.min(j), i.max(j));
        tally.products[high * (high + 1) / 2 + low]
    };
    let mut products = Vec::new();
    for (at, one) in blocks.iter().enumerate() {
        for other in &blocks[..=at] {
            products.push(one.iter().flat_map(|i| other.iter().map(move |j| product(i, j))).sum());
        }
    }
    let sums = blocks.iter().map(|block| block.iter().map(|item| tally.sums[*item]).sum()).collect();
    Some(strip(Tally { sums, products, ..tally.clone() }))
}

/// Without histograms of single items and of facts: some sets have them, some have not.
#[must_use]
pub fn strip(tally: Tally) -> Tally {
    Tally { listed: Vec::new(), facts: Vec::new(), moments: Moments::default(), ..tally }
}
