//! Where somebody answers: at a touchpoint that exists, or with the ticket of a one-time code.

use super::{is_about, province_name, takes_answers};
use crate::http::page::{citizen_frame, html};
use crate::state::AppState;
use app::citizen::{Frame, Notice, NoticePage, Place as NamedPlace, Sounds, render_notice};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::language::{Language, Words};
use domain::path::Visit;
use domain::survey::Mode;
use domain::touchpoint::Token;
use std::sync::Arc;
use store::recording::{Recording, Spoken};
use usecase::code::Ticket;
use usecase::form_token::FormToken;
use usecase::help::Help;
use usecase::registry::{Province, RunningSurvey, SurveyAt};
use usecase::submit::{Place, trust_of};
use usecase::touchpoints::has_newer;

/// See the module.
pub(super) struct Here {
    pub(super) province: Arc<Province>,
    pub(super) place: Place,
    /// What a code was swapped for.
    pub(super) ticket: Option<Ticket>,
    /// What a helper chose before the tablet was handed over.
    pub(super) help: Option<Help>,
    /// The poster was withdrawn.
    pub(super) revoked: bool,
    pub(super) language: Language,
    pub(super) at_once: bool,
    /// Whether recordings stand beside the questions.
    pub(super) sound: bool,
    /// What stands in the address.
    name: String,
}

impl Here {
    pub(super) fn find(state: &AppState, name: &str, language: Language, at_once: bool) -> Option<Self> {
        match name.parse::<Token>() {
            Ok(token) => Self::at_touchpoint(state, &token, language, at_once),
            Err(_) => Self::by_ticket(state, name, language, at_once)
                .or_else(|| Self::with_help(state, name, language, at_once)),
        }
    }

    fn at_touchpoint(state: &AppState, token: &Token, language: Language, at_once: bool) -> Option<Self> {
        let province = state.office.province(token.tenant()).ok()?;
        let touchpoint = province.touchpoint_on(token, state.office.today())?;
        let place = Place {
            touchpoint: Some(touchpoint.id),
            unit: touchpoint.unit,
            mode: touchpoint.mode,
            variant: touchpoint.variant,
        };
        let name = touchpoint.token.to_string();
        let revoked = touchpoint.revoked;
        Some(Self {
            province,
            place,
            ticket: None,
            help: None,
            revoked,
            language,
            at_once,
            sound: false,
            name,
        })
    }

    fn by_ticket(state: &AppState, name: &str, language: Language, at_once: bool) -> Option<Self> {
        let ticket = Ticket::read(name, &state.office.keys).ok()?;
        let province = state.office.province(ticket.tenant).ok()?;
        let place = Place {
            touchpoint: None,
            unit: province.lineage().heir(ticket.subject.receiving, state.office.today()),
            mode: ticket.subject.mode.clone(),
            variant: ticket.subject.variant,
        };
        let name = name.to_owned();
        let ticket = Some(ticket);
        Some(Self {
            province,
            place,
            ticket,
            help: None,
            revoked: false,
            language,
            at_once,
            sound: false,
            name,
        })
    }

    fn with_help(state: &AppState, name: &str, language: Language, at_once: bool) -> Option<Self> {
        let help = Help::read(name, &state.office.keys).ok()?;
        let province = state.office.province(help.tenant).ok()?;
        let place = Place {
            touchpoint: None,
            unit: province.lineage().heir(help.unit, state.office.today()),
            mode: help.mode.clone(),
            variant: help.variant,
        };
        let (name, help) = (name.to_owned(), Some(help));
        Some(Self {
            province,
            place,
            ticket: None,
            help,
            revoked: false,
            language,
            at_once,
            sound: false,
            name,
        })
    }

    /// Pages on a tablet that goes from hand to hand are kept nowhere.
    pub(super) fn kept(&self, mut response: Response) -> Response {
        if self.help.is_some() {
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        response
    }

    pub(super) fn path(&self) -> String {
        format!("/s/{}", self.name)
    }

    pub(super) fn link(&self, language: Language) -> String {
        let layout = if self.at_once { "&layout=one" } else { "" };
        let sound = if self.sound { "&sound=1" } else { "" };
        format!("{}?lang={}{layout}{sound}", self.path(), language.code())
    }

    /// Where the next person begins: whoever comes after a code needs one of their own.
    pub(super) fn again(&self) -> String {
        match (&self.ticket, &self.help) {
            (Some(_), _) => format!("/c?lang={}", self.language.code()),
            (None, Some(help)) if help.mode == Mode::Phone => "/calls".to_owned(),
            (None, Some(_)) => "/help".to_owned(),
            (None, None) => self.link(self.language),
        }
    }

    pub(super) fn frame(&self, switch: bool) -> Frame {
        let unit = self.province.unit(self.place.unit);
        let place = unit.map(|unit| NamedPlace {
            name: unit.name.clone(),
            address: unit.address.as_ref().map(|address| Words::vi(address.as_str())),
        });
        let languages = if switch { &Language::ALL[..] } else { &[] };
        let switch = languages.iter().map(|language| (*language, self.link(*language))).collect();
        citizen_frame(self.language, province_name(&self.province), place, switch)
    }

    /// The recordings of a survey in the reader's language.
    pub(super) fn sounds(&self, survey: &RunningSurvey) -> Sounds {
        let of = &survey.survey;
        let (instrument, version) = (of.instrument.clone(), of.instrument_version);
        let spoken = Spoken { instrument, version, language: self.language };
        let tenant = self.province.tenant;
        let sound = |one: &Recording| {
            let address = format!("/sounds/{tenant}/{}", one.hash);
            (one.code.clone(), (address, one.synthetic))
        };
        self.province.recordings(&spoken).map(sound).collect()
    }

    pub(super) fn notice(&self, status: StatusCode, notice: Notice) -> Response {
        let phone = self.province.unit(self.province.root).and_then(|root| root.phone.clone());
        html(status, render_notice(&NoticePage { frame: self.frame(false), notice, phone }))
    }

    pub(super) fn visit(&self) -> Visit {
        self.ticket.as_ref().map_or_else(
            || Visit {
                variant: self.place.variant,
                mode: self.place.mode.clone(),
                channel_of_code: None,
                has_code: false,
            },
            Ticket::visit,
        )
    }

    /// The form that is handed out here: a fresh one, or that of the ticket.
    pub(super) fn form(&self, state: &AppState, survey: &RunningSurvey) -> FormToken {
        if let Some(help) = &self.help {
            return help.form;
        }
        self.ticket.as_ref().map_or_else(
            || FormToken {
                nonce: state.office.chance.bytes(),
                survey: survey.survey.id,
                version: survey.survey.instrument_version,
                trust: trust_of(&self.place.mode),
                issued: u32::try_from(state.office.now().unix_timestamp()).unwrap_or(0),
            },
            |ticket| ticket.form,
        )
    }

    /// Whether this is an old poster's address, and a newer one hangs at the same place.
    pub(super) fn has_newer_poster(&self) -> bool {
        let touchpoint = self.place.touchpoint.and_then(|id| self.province.touchpoint_by_id(id));
        touchpoint.is_some_and(|touchpoint| has_newer(&self.province, touchpoint))
    }

    /// Whether a form was handed out here, as far as can be told.
    pub(super) fn takes(&self, token: &FormToken) -> bool {
        match (&self.ticket, &self.help) {
            (Some(ticket), _) => *token == ticket.form,
            (None, Some(help)) => *token == help.form,
            (None, None) => token.trust == trust_of(&self.place.mode),
        }
    }

    pub(super) fn survey(&self, state: &AppState) -> Result<Arc<RunningSurvey>, Box<Response>> {
        if self.revoked {
            return Err(Box::new(self.notice(StatusCode::GONE, Notice::Revoked)));
        }
        let closed = || Box::new(self.notice(StatusCode::GONE, Notice::Closed { on: None, results: None }));
        if let Some(ticket) = &self.ticket {
            let survey = self.province.survey_by_id(ticket.form.survey).cloned();
            let open = survey.filter(|survey| takes_answers(state, survey) && is_about(self, survey));
            return open.ok_or_else(closed);
        }
        if let Some(help) = &self.help {
            let survey = self.province.survey_by_id(help.form.survey).cloned();
            let open = survey.filter(|survey| takes_answers(state, survey) && is_about(self, survey));
            return open.ok_or_else(closed);
        }
        match self.province.survey_at(self.place.unit, state.office.today()) {
            SurveyAt::Open(survey) => Ok(survey.clone()),
            other => Err(Box::new(no_survey(other, |status, notice| self.notice(status, notice)))),
        }
    }
}

/// Why there is no survey.
pub(crate) fn no_survey(at: SurveyAt<'_>, notice: impl Fn(StatusCode, Notice) -> Response) -> Response {
    match at {
        SurveyAt::NotYet(month) => {
            notice(StatusCode::FORBIDDEN, Notice::NotYetOpen { on: month.first_day() })
        }
        SurveyAt::Closed => notice(StatusCode::GONE, Notice::Closed { on: None, results: None }),
        SurveyAt::Open(_) | SurveyAt::Nothing => notice(StatusCode::NOT_FOUND, Notice::Unknown),
    }
}
