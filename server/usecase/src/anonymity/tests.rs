use super::division::Division;
use super::feasible::{coarsen, could_be_people, strip};
use super::*;
use crate::chance::Chance;
use crate::registry::QuestionSet;
use domain::instrument::{Instrument, POST_SERVICE};
use domain::tally::{Answer, Layout, Row, Tally};
use proptest::prelude::*;

const K: i64 = 5;

fn questions() -> QuestionSet {
    QuestionSet::new(Instrument::read(POST_SERVICE).unwrap())
}

/// A person's answers to the base items and the overall question; mostly satisfied, as people are.
fn answers(chance: &Chance, layout: &Layout) -> Vec<Answer> {
    let mood = chance.below(3);
    let answer = |_| match chance.below(20) {
        0 => Answer::Blank,
        1 => Answer::NotApplicable,
        n if n < 8 => Answer::Level(u8::try_from(2 + chance.below(4)).unwrap()),
        _ => Answer::Level(u8::try_from(3 + mood).unwrap()),
    };
    (0..=layout.items.len()).map(answer).collect()
}

fn row(layout: &Layout, answers: &[Answer]) -> Row {
    Row::new(layout, answers[0], &answers[1..], vec![None; layout.facts.len()])
}

fn tally(layout: &Layout, people: &[Vec<Answer>]) -> Tally {
    let mut tally = Tally::empty(layout);
    for answers in people {
        tally.count(layout, &row(layout, answers));
    }
    strip(tally)
}

#[test]
fn a_step_in_the_shape_of_parts_is_what_a_part_of_its_people_would_be() {
    let (questions, chance) = (questions(), Chance::seeded([1; 32]));
    let people: Vec<Vec<Answer>> = (0..40).map(|_| answers(&chance, &questions.base)).collect();
    let mut step = Tally::empty(&questions.base);
    for answers in &people {
        step.count(&questions.base, &row(&questions.base, answers));
    }
    assert_eq!(coarsen(&step, &questions.base, &questions.part), Some(tally(&questions.part, &people)));
}

#[test]
fn people_who_merely_overlap_are_not_taken_for_people() {
    let (questions, chance) = (questions(), Chance::seeded([2; 32]));
    let mut taken = 0;
    for _ in 0..3_000 {
        let people: Vec<Vec<Answer>> = (0..64).map(|_| answers(&chance, &questions.base)).collect();
        let few = 1 + chance.below(4) as usize;
        // Sixteen in both, and some more in one than in the other.
        let mut difference = tally(&questions.part, &people[..40 + few]);
        difference -= &tally(&questions.part, &people[24..]);
        assert_eq!(difference.n, i64::try_from(few).unwrap());
        taken += usize::from(could_be_people(&difference, &questions.part));
    }
    assert_eq!(taken, 0, "of 3 000 differences");
}

fn division(name: &str, sets: &[&[Vec<Answer>]], layout: &Layout) -> Division {
    let sets = sets.iter().enumerate().map(|(at, people)| (at.to_string(), tally(layout, people))).collect();
    Division { name: name.into(), is_below: false, sets }
}

fn found(divisions: Vec<Division>, layout: &Layout) -> Audit {
    audit(&Whole { name: "a box".into(), divisions }, layout, K)
}

fn crowd(seed: u8) -> (QuestionSet, Vec<Vec<Answer>>) {
    let (questions, chance) = (questions(), Chance::seeded([seed; 32]));
    let people = (0..60).map(|_| answers(&chance, &questions.base)).collect();
    (questions, people)
}

#[test]
fn a_union_three_people_larger_than_another_is_found() {
    let (questions, people) = crowd(3);
    let layout = &questions.part;
    let steps = division("steps", &[&people[..20], &people[20..40], &people[40..]], layout);
    let near = division("who", &[&people[..37], &people[37..]], layout);
    let audit = found(vec![steps.clone(), near], layout);
    assert_eq!(audit.leaks.len(), 1);
    assert_eq!(audit.leaks[0].people, 3);
    let far = division("who", &[&people[..35], &people[35..]], layout);
    assert_eq!(found(vec![steps, far], layout).leaks, [], "five are no leak where k is five");
}

#[test]
fn a_part_that_is_published_alone_gives_the_others_away() {
    let (questions, people) = crowd(4);
    let layout = &questions.part;
    let steps = division("steps", &[&people[..30], &people[30..]], layout);
    let alone = division("result", &[&people[..56]], layout);
    let audit = found(vec![steps, alone], layout);
    assert_eq!(audit.leaks.iter().map(|leak| leak.people).collect::<Vec<_>>(), [4]);
}

#[test]
fn what_three_divisions_give_away_together_is_found() {
    let (questions, people) = crowd(5);
    let layout = &questions.part;
    // Two crossing parts, and a third that is nearly both of them together.
    let a = division("a", &[&people[..20], &people[20..]], layout);
    let b = division("b", &[&people[20..40], &[&people[..20], &people[40..]].concat()], layout);
    let c = division("c", &[&people[..37], &people[37..]], layout);
    assert_eq!(found(vec![a.clone(), b.clone()], layout).leaks, []);
    let audit = found(vec![a, b, c], layout);
    assert!(audit.leaks.iter().any(|leak| leak.people == 3), "{audit:?}");
}

#[test]
fn a_form_with_one_question_is_said_to_tell_too_little() {
    let (questions, people) = crowd(6);
    let layout = &questions.part;
    let silent: Vec<Vec<Answer>> = people.iter().map(|answers| vec![answers[0]]).collect();
    let whole = |people: &[Vec<Answer>]| division("steps", &[&people[..30], &people[30..]], layout);
    let audit = found(vec![whole(&silent), whole(&silent)], layout);
    assert_eq!((audit.silent, audit.differences), (1, 0));
    assert!(audit.finding("S").what.contains("1 boxes whose form asks too little to tell"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_tally_of_people_is_never_denied(seed in any::<u8>(), count in 1usize..12, partial in any::<bool>()) {
        let (questions, chance) = (questions(), Chance::seeded([seed; 32]));
        let mut people: Vec<Vec<Answer>> = (0..count).map(|_| answers(&chance, &questions.base)).collect();
        if partial {
            for answers in &mut people {
                answers.truncate(1 + answers.len() / 3);
            }
        }
        prop_assert!(could_be_people(&tally(&questions.part, &people), &questions.part));
    }
}
