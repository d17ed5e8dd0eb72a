//! English.

use super::{
    CitizenText, CodeText, FrameText, NoticeText, PosterText, PrivacyText, ProblemText, StartText, StepText,
    ThanksText,
};
use time::Date;

fn long(day: Date) -> String {
    format!("{} {} {}", day.day(), day.month(), day.year())
}

pub(super) const TEXT: CitizenText = CitizenText {
    languages: "Language",
    frame: FrameText {
        keeps_nothing: "No name, telephone number or device address is kept.",
        privacy_link: "How we keep your answers private",
    },
    start: StartText {
        window: "Your opinion",
        title: "How was the service here?",
        who_asks: |province| {
            format!(
                "{province} asks what you think of this place. Not where you have been? Please do not answer, and tell the counter."
            )
        },
        untied: ["Not tied to your dossier", "We ask no name. Nobody knows which form is whose."],
        time: "About one minute",
        parts: |parts| format!("{parts} short parts. After the overall question you can send at any time."),
        one_page: "All questions on one page. The overall question is enough to send.",
        purpose: [
            "To put right what is not good yet",
            "The agency sees only what many people said together.",
        ],
        begin: "Begin",
        listen: "Listen to the questions",
        safety: "We never ask for a one-time password or an account number. There is no app to install.",
        helped: "Whoever helps only reads the questions and taps. The answers are yours: nobody answers for you.",
        newer_poster: "A newer poster hangs here by now. Please go on: your answer counts all the same.",
    },
    code: CodeText {
        title: "Answer with the code on your slip",
        label: "Code on the slip",
        sample: |tag| {
            format!(
                "{tag} and 12 letters and digits, for example {tag}-7K3M-Q9TB-4XWE. Capitals and hyphens do not matter."
            )
        },
        open: "Open the form",
        form: "The code is not complete, or has a strange letter. It is two letters, then 12 letters and digits.",
        unknown: "There is no such code. One letter may be wrong; please compare it with the slip.",
        no_code: "No code? You can still answer with the QR code on the poster at the counter.",
    },
    step: StepText {
        part: |at, of| format!("Part {at}/{of}"),
        part_in_title: |at, of| format!("part {at}/{of}"),
        all: "Your opinion",
        next: "Continue",
        next_after_overall: "Continue and say more",
        send_now: "Send now",
        send: "Send",
        back: "Back to the part before",
        nothing_sent: "Nothing is sent until you press Send.",
        one_is_enough: "One answer and “Send now” make a complete form. Going on helps to see what needs mending.",
        send_now_means: "“Send now” sends what you have chosen and ends here.",
        blanks_may_stay: "Leave blank what you would rather not answer; you can still send.",
        optional: "(optional)",
        about_you: "A little about you",
        about_you_why: "To see whether everyone is served equally well. Skip any question you like.",
        only_if: |question, answer| format!("Answer only if you chose “{answer}” at “{question}”."),
        leave_empty: "Please leave this empty",
        play: |question| format!("Listen: {question}"),
        synthetic: "Read by a synthetic voice",
    },
    problem: ProblemText {
        title: "Error",
        missing: |n| {
            if n == 1 {
                "One question is not answered yet".into()
            } else {
                format!("{n} questions are not answered yet")
            }
        },
        wrong: |n| {
            if n == 1 {
                "One thing needs another look".into()
            } else {
                format!("{n} things need another look")
            }
        },
        kept: "What you have chosen is still here.",
        item_or_not_applicable: |item, not_applicable| {
            format!("{item}: nothing chosen yet. If you cannot say, choose “{not_applicable}”.")
        },
        overall: "You have not yet said how satisfied you are overall.",
        question: |question| format!("{question}: nothing chosen yet."),
        numbered: |n| format!("Question {n}"),
        quoted: |text| format!("“{text}”"),
        unknown: |question| {
            format!("{question}: what arrived is not one of the answers. Please choose again.")
        },
        twice: |question| format!("{question}: two different answers arrived. Please choose one."),
        control: |question| {
            format!("{question}: we took out characters that are no text. Please check it and send.")
        },
        too_long: |question, over| {
            format!("{question}: too long. Please shorten it by about {over} characters.")
        },
    },
    thanks: ThanksText {
        window: "Thank you",
        title: "Thank you. Your form has been received.",
        close: "You can close this page. Pressing “back” does not send it again.",
        when: "When does it count?",
        when_counted: |k| {
            format!(
                "As soon as there are at least {k} forms of the same kind. They are mixed before they are counted, and appear with the next release. Until then yours stays in a sealed box that nobody can look into."
            )
        },
        only_together: "The agency sees results for many people together, never a single form.",
        results: "See published results",
        complaint: "A complaint, or a question about your dossier?",
        no_complaint: "This form is not a complaint: nobody can reply to you, because nobody knows that it is yours.",
        complaint_button: "Make an official complaint or suggestion",
        complaint_where: "Opens the National Public Service Portal, section “Phản ánh, kiến nghị”. You can also go to the agency’s citizen reception.",
        complaint_elsewhere: "Please go to the agency’s citizen reception, or to the National Public Service Portal, section “Phản ánh, kiến nghị”.",
        shared: "A shared phone?",
        again: "Answer as another person",
    },
    notice: NoticeText {
        already_sent: [
            "This form has already been sent.",
            "Going back and sending again counts only once. Is this a shared phone, and someone else wants to answer?",
        ],
        see_when: "See when it counts",
        used_code: [
            "This code can no longer be used; the form you filled in has not been sent.",
            "Each code can be used once, and this one has a form already, or was withdrawn. What you chose is still here. Keep it as an answer without a code? It then counts with the forms from the public QR code.",
        ],
        keep_without_code: "Keep it and send without a code",
        do_not_send: "No, do not send",
        expired_code: [
            "This code has expired.",
            "A code works until the end of the month after the dossier was finished. You can still answer with the QR code on the poster at the counter.",
        ],
        withdrawn_code: [
            "This code was withdrawn.",
            "The counter has new slips. You can still answer with the QR code on the poster at the counter.",
        ],
        too_many_codes: [
            "Too many wrong codes are being typed; the form could not be opened.",
            "Please wait a minute and type it again, or scan the QR code on the slip.",
        ],
        revoked: [
            "This poster is no longer in use.",
            "The counter has a new one. Please scan the poster that hangs there now, or ask at the counter.",
        ],
        closed: |on| match on {
            Some(day) => format!("The survey closed on {}.", long(day)),
            None => "The survey is closed.".into(),
        },
        closed_then: "Thank you for coming. There is nothing more to do.",
        not_yet_open: |on| match on {
            Some(day) => format!("The survey opens on {}.", long(day)),
            None => "The survey has not opened yet.".into(),
        },
        not_yet_open_then: "The code will still work. Please come back once it has opened.",
        unknown: [
            "There is no form at this address.",
            "A letter may be missing or wrong. Please check the address on the poster, or scan the code again.",
        ],
        stale: [
            "This page was open for too long, so the form could not be sent.",
            "It has not been received. Please begin again; it takes about a minute.",
        ],
        too_large: [
            "This form is too large, so it was not received.",
            "Please go back, write less and send again. What you chose is still on the page before.",
        ],
        busy: [
            "Many people are sending at once; your form was not received.",
            "Please wait a minute, go back and press send again. Sending again never counts twice.",
        ],
        failed: [
            "Something failed on our side; your form was not received.",
            "Please go back and press send again in a few minutes. Sending again never counts twice.",
        ],
        failed_number: |number| format!("If it still fails, please tell us the number {number}."),
        start_again: "Begin again",
        call: "Questions? Please call",
    },
    privacy: PrivacyText {
        title: "How we keep your answers private",
        lead: "Nobody, not even the agency you went to, can tell which form is yours.",
        parts: |k| {
            vec![
                (
                    "What is not kept",
                    vec![
                        "No name, telephone number, dossier number, device address, kind of device, day or hour.".into(),
                        "The code on a slip is there so that each dossier is answered once. The code itself is not kept; when it has been used, a mark only prevents a second use and cannot be joined to an answer.".into(),
                    ],
                ),
                (
                    "What is kept",
                    vec![
                        "What you chose and what you wrote, sealed until it is counted.".into(),
                        "Once counted: agency, month, way of answering, and the answers. What it was about, age, occupation and the like are only added up; they do not stay with a form.".into(),
                    ],
                ),
                (
                    "How a form becomes a figure",
                    vec![
                        format!("It waits in a sealed box until there are at least {k} forms of the same kind. They are then opened together, shuffled, and only then added up."),
                        format!("No figure speaks of fewer than {k} people, and no two figures can be subtracted to single somebody out."),
                        "What you wrote waits in the same way; telephone numbers, document numbers and names that can be recognised are taken out before anybody reads it.".into(),
                    ],
                ),
                (
                    "For how long",
                    vec!["Comments: at most 24 months. Shuffled answers: to the end of the fifth year. Totals: kept, so that years can be compared.".into()],
                ),
                (
                    "What we cannot promise",
                    vec![
                        "If you write your name, or something only you can know, a reader may guess who you are.".into(),
                        "If everyone in a group gives the same answer, whoever sees the result knows that answer.".into(),
                        "Someone who sends all the other forms of a group can work out the remaining one. That is why forms from the public code stand apart and are never added to those with a code.".into(),
                        "An administrator who holds both the running server and its key could technically read forms that are not shuffled yet.".into(),
                    ],
                ),
                (
                    "Your rights",
                    vec!["Answering is up to you and changes nothing about your dossier. Because nobody knows which form is whose, a form that has been sent cannot be found again to be changed or deleted.".into()],
                ),
            ]
        },
        method: "Method and limits",
        to_form: "Back to the form",
    },
    poster: PosterText {
        title: "How was the service here?",
        call: "Tell us in about a minute.",
        steps: ["Point the camera at the code", "Check the address, then tap it", "Answer, then press Send"],
        free: ["No name. Not tied to your dossier.", "No phone? Ask the digital team."],
        address_begins: "The address must begin with",
        type_in_full: "In full:",
        safety: ["No one-time password, no account number;", "no app to install."],
        phone: "Questions, or a code pasted over this one? Please call",
        short: "Scan the code and tell us how it went. Anonymous.",
        printed_by: |province| format!("Printed and looked after by {province}. All matters."),
        version: |version, day| format!("version {version} · {}", long(day)),
    },
};
