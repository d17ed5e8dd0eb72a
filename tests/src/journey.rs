//! The steps that several suites share: how a person answers, and what a person reads.

use crate::form::Form;
use crate::html::{tags, visible_text};
use crate::http::{Answer, Visitor};

/// Pages that one answer may take, with room; more means going in circles.
const MOST_PAGES: usize = 15;

/// How one person answers.
#[derive(Clone, Debug)]
pub struct Person {
    /// The answer to every question about satisfaction.
    pub satisfaction: u8,
    /// Answers to other questions, by name; the first offered otherwise.
    pub choices: Vec<(String, String)>,
    /// Whether the person sends right after the overall question.
    pub in_a_hurry: bool,
}

impl Person {
    /// Somebody who has the result and answers everything with this satisfaction.
    #[must_use]
    pub fn new(satisfaction: u8) -> Self {
        let choices = [("stage", "done"), ("kind", "self"), ("complained", "no")];
        let choices = choices.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Self { satisfaction, choices, in_a_hurry: false }
    }

    /// What the person chooses among the answers that are offered.
    #[must_use]
    pub fn choose(&self, name: &str, offered: &[String]) -> String {
        let own = self.choices.iter().find(|(one, _)| one == name).map(|(_, value)| value.clone());
        let satisfaction = self.satisfaction.to_string();
        let is_scale = ["5", "4", "3", "2", "1"].iter().all(|step| offered.iter().any(|one| one == step));
        own.filter(|value| offered.contains(value))
            .or_else(|| is_scale.then_some(satisfaction))
            .or_else(|| offered.first().cloned())
            .unwrap_or_default()
    }

    /// Answers the questions of one page.
    pub fn fill(&self, form: &mut Form) {
        for (name, offered) in form.groups() {
            let chosen = self.choose(&name, &offered);
            form.set(&name, &chosen);
        }
    }

    /// Which button the person presses on a page.
    #[must_use]
    pub fn button(&self, form: &Form) -> &'static str {
        let may_send = form.has_button("send");
        if may_send && (self.in_a_hurry || !form.has_button("next")) { "send" } else { "next" }
    }
}

/// Answers a survey over HTTP from its first page to the thanks, and returns the answer to *send*.
///
/// # Panics
/// With the page that did not do as it should.
pub async fn answer(visitor: &mut Visitor, survey: &str, person: &Person) -> Answer {
    let form = filled_form(visitor, survey, person).await;
    let sent = visitor.post(&form.0, &form.1).await;
    let place = sent.header("location").unwrap_or_default();
    assert!(
        sent.status == 303 && place.contains("/thanks"),
        "{} {place}\n{}",
        sent.status,
        visible_text(&sent.text())
    );
    sent
}

/// Walks to the last page and returns where *send* posts to and what, without sending.
///
/// # Panics
/// With the page that did not do as it should.
pub async fn filled_form(
    visitor: &mut Visitor,
    survey: &str,
    person: &Person,
) -> (String, Vec<(String, String)>) {
    let mut page = visitor.get(survey).await;
    for _ in 0..MOST_PAGES {
        let text = page.text();
        assert!(page.status == 200, "{} on the way:\n{}", page.status, visible_text(&text));
        let mut form = Form::with_field(&text, "token").unwrap_or_else(|| panic!("no form on\n{text}"));
        let action = if form.action.is_empty() { survey.to_owned() } else { form.action.clone() };
        person.fill(&mut form);
        let button = person.button(&form);
        let pairs = form.press(button);
        if button == "send" {
            return (action, pairs);
        }
        page = visitor.post(&action, &pairs).await;
        if let (303, Some(place)) = (page.status, page.header("location").map(str::to_owned)) {
            page = visitor.get(&place).await;
        }
    }
    panic!("no way to send after {MOST_PAGES} pages: {}", visible_text(&page.text()));
}

/// Signs in and keeps the cookie.
///
/// # Panics
/// When the account is refused.
pub async fn sign_in(visitor: &mut Visitor, name: &str, password: &str) {
    let page = visitor.get("/sign-in").await;
    let form = Form::with_field(&page.text(), "password").expect("a form to sign in");
    let mut form = form;
    form.set("name", name);
    form.set("password", password);
    let action = if form.action.is_empty() { "/sign-in".to_owned() } else { form.action.clone() };
    let answer = visitor.post(&action, &form.press("")).await;
    assert_eq!(answer.status, 303, "{name} may sign in: {}", visible_text(&answer.text()));
}

/// A figure as it stands on a page: never without its interval and its number of respondents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// Number of respondents.
    pub n: u64,
    /// The index and its bounds, in per cent.
    pub index: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// What the agency page says of the answers by public QR code, in its sentences (`.told`).
#[must_use]
pub fn told_of_open(html: &str) -> Option<Told> {
    let told = html.split_once("class=\"told\"")?.1;
    let end = told.find("</ul>").or_else(|| told.find("</div>")).unwrap_or(told.len());
    let text = visible_text(&told[..end]).replace("95\u{a0}%", "").replace("95 %", "");
    let (before, after) = text.split_once("QR công khai")?;
    let mut numbers = numbers(after).into_iter();
    let leads = before.trim_end().ends_with("phiếu quét mã");
    let n = if leads { *self::numbers(before).last()? } else { numbers.next()? };
    let (index, low, high) = (numbers.next()?, numbers.next()?, numbers.next()?);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of answers")]
    let n = n as u64;
    Some(Told { n, index, low, high })
}

/// The number of the release that a page shows.
#[must_use]
pub fn release(html: &str) -> Option<u64> {
    let text = visible_text(html);
    let after = text.split_once("Kỳ công bố")?.1;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number")]
    numbers(after).first().map(|number| *number as u64)
}

/// The numbers of a Vietnamese text: `1.234` is a thousand, `84,2` has a decimal.
fn numbers(text: &str) -> Vec<f64> {
    let inside = |letter: char| letter.is_ascii_digit() || letter == ',' || letter == '.';
    let words = text.split(|letter: char| !inside(letter)).map(|word| word.trim_matches([',', '.']));
    words.filter_map(|word| word.replace('.', "").replace(',', ".").parse().ok()).collect()
}

/// The addresses that a page links to on its own site.
#[must_use]
pub fn links(html: &str) -> Vec<String> {
    let found = tags(html)
        .into_iter()
        .filter(|tag| tag.name == "a")
        .filter_map(|tag| tag.get("href").map(str::to_owned));
    found.filter(|href| href.starts_with('/')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_leading_sentence_is_read() {
        let page = "<div class=\"told\"><p class=\"lead\">Chưa đủ phiếu có mã (đang chờ đủ 10 phiếu). Theo 1.012 phiếu quét mã QR công khai: <b>84,2\u{a0}% hài lòng</b> (khoảng tin cậy 95\u{a0}%: <span>80,1–87,6</span>).</p></div>";
        assert_eq!(told_of_open(page), Some(Told { n: 1012, index: 84.2, low: 80.1, high: 87.6 }));
    }

    #[test]
    fn the_sentence_beside_is_read() {
        let page = "<div class=\"told\"><p>Theo 412 phiếu có mã: 84,5 % (80,7–87,7)</p><ul><li>Mã QR công khai (96 phiếu): 82,3 % (73,5–88,6); không cộng vào.</li></ul></div>";
        assert_eq!(told_of_open(page), Some(Told { n: 96, index: 82.3, low: 73.5, high: 88.6 }));
    }

    #[test]
    fn a_person_answers_a_scale_and_other_questions() {
        let offered = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let person = Person::new(4);
        assert_eq!(person.choose("SA1", &offered(&["5", "4", "3", "2", "1", "na"])), "4");
        assert_eq!(person.choose("stage", &offered(&["waiting", "done"])), "done");
        assert_eq!(person.choose("T1", &offered(&["1", "2", "3"])), "1");
    }
}
