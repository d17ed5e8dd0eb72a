//! The product as other programs see it: status codes, headers, forms. The folders mirror the URLs.

#[path = "http/admin.rs"]
mod admin;
#[path = "http/agency.rs"]
mod agency;
#[path = "http/analysis.rs"]
mod analysis;
#[path = "http/api.rs"]
mod api;
#[path = "http/bad_input.rs"]
mod bad_input;
#[path = "http/breakdown.rs"]
mod breakdown;
#[path = "http/chance.rs"]
mod chance;
#[path = "http/codes.rs"]
mod codes;
#[path = "http/command_line.rs"]
mod command_line;
#[path = "http/find.rs"]
mod find;
#[path = "http/front.rs"]
mod front;
#[path = "http/health.rs"]
mod health;
#[path = "http/help.rs"]
mod help;
#[path = "http/kiosk.rs"]
mod kiosk;
#[path = "http/languages.rs"]
mod languages;
#[path = "http/paper.rs"]
mod paper;
#[path = "http/people.rs"]
mod people;
#[path = "http/proxy.rs"]
mod proxy;
#[path = "http/pulse.rs"]
mod pulse;
#[path = "http/registry.rs"]
mod registry;
#[path = "http/roles.rs"]
mod roles;
#[path = "http/setup.rs"]
mod setup;
#[path = "http/sign_in.rs"]
mod sign_in;
#[path = "http/survey.rs"]
mod survey;

use tests::http::{Answer, Visitor, split_url};
use tests::process::{Engine, Installation, Running};

/// A demo with its installation, and a visitor of it.
struct Site {
    place: Installation,
    running: Running,
}

impl Site {
    async fn open(engine: Engine) -> Self {
        Self::with_answers(engine, 0).await
    }

    /// A demo with artificial answers, folded and cut.
    async fn with_answers(engine: Engine, answers: u32) -> Self {
        let place = Installation::new(engine);
        let running = place.demo(answers).await;
        Self { place, running }
    }

    fn visitor(&self) -> Visitor {
        Visitor::new(&self.running.url("survey"))
    }

    /// The path of one of the demo's addresses.
    fn path(&self, word: &str) -> String {
        split_url(&self.running.url(word)).1.to_owned()
    }

    /// A visitor who has signed in as a role.
    async fn member(&self, role: &str) -> Visitor {
        let (mut visitor, account) = (self.visitor(), self.running.account(role));
        tests::journey::sign_in(&mut visitor, &account.name, &account.password).await;
        visitor
    }
}

/// Fails with the page's words when the status is none of these.
#[track_caller]
fn expect_status(answer: &Answer, wanted: &[u16]) {
    let text = answer.text();
    assert!(
        wanted.contains(&answer.status),
        "{} instead of {wanted:?}: {}",
        answer.status,
        tests::html::visible_text(&text)
    );
}
