//! Promises that every page of the console keeps, in every state and language.
#![cfg(feature = "ssr")]

#[path = "../examples/console_pages/admin.rs"]
mod admin;
#[path = "../examples/console_pages/analysis.rs"]
mod analysis;
#[path = "../examples/console_pages/beside.rs"]
mod beside;
#[path = "../examples/console_pages/certainty.rs"]
mod certainty;
#[path = "../examples/console_pages/desk.rs"]
mod desk;
#[path = "../examples/console_pages/devices.rs"]
mod devices;
#[path = "../examples/console_pages/find.rs"]
mod find;
#[path = "../examples/console_pages/pages.rs"]
mod pages;
#[path = "console_pages/places.rs"]
mod places;
#[path = "console_pages/province.rs"]
mod province;
#[path = "../examples/console_pages/provinces.rs"]
mod provinces;
#[path = "../examples/console_pages/registry.rs"]
mod registry;
#[path = "../examples/console_pages/releases.rs"]
mod releases;
#[path = "../examples/console_pages/samples.rs"]
mod samples;

use domain::language::Language;
use std::collections::BTreeSet;

/// The text that a reader sees, one space between the pieces.
fn seen(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        let words = piece.split_once('>').map_or("", |(_, words)| words);
        text.push_str(words);
        text.push(' ');
    }
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn everything() -> Vec<(String, String)> {
    [Language::Vi, Language::En]
        .into_iter()
        .flat_map(|language| {
            let named = move |(name, html)| (format!("{name}.{}", language.code()), html);
            pages::all(language).into_iter().map(named)
        })
        .collect()
}

fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    html.split(opening.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Where figures in per cent with a decimal begin and end: "84,5 %", "84.5%".
fn figures(text: &str, language: Language) -> Vec<(usize, usize)> {
    let (sign, mark) = if language == Language::En { ("%", b'.') } else { ("\u{a0}%", b',') };
    text.match_indices(sign)
        .filter_map(|(at, _)| {
            let bytes = &text.as_bytes()[..at];
            let digits = bytes.iter().rev().take_while(|b| b.is_ascii_digit() || **b == mark).count();
            let number = &text[at - digits..at];
            number.as_bytes().contains(&mark).then_some((at - digits, at + sign.len()))
        })
        .collect()
}

/// An interval such as "(80,7–87,7)" or "(khoảng tin cậy 95 %: 80,7–87,7)", before the next figure.
fn has_interval(after: &str) -> bool {
    let near: String = after.chars().take(80).collect();
    near.split_once('(').and_then(|(_, rest)| rest.split_once(')')).is_some_and(|(inside, _)| {
        inside.split_once('–').is_some_and(|(low, high)| {
            low.ends_with(|c: char| c.is_ascii_digit()) && high.starts_with(|c: char| c.is_ascii_digit())
        })
    })
}

#[test]
fn no_figure_stands_without_its_interval() {
    for language in [Language::Vi, Language::En] {
        let mut found = 0;
        for (name, html) in pages::all(language) {
            let text = seen(&html);
            for (from, to) in figures(&text, language) {
                found += 1;
                let (before, after) = (&text[..from], &text[to..]);
                let lower_limit =
                    before.ends_with("từ ") && after.starts_with(" trở lên") || after.starts_with(" or more");
                let until_next = after.split('%').next().unwrap_or_default();
                let interval = has_interval(after) || has_interval(until_next);
                assert!(lower_limit || interval, "{name}: a bare figure: …{}…", &text[from..to]);
            }
        }
        assert!(found > 300, "only {found} figures were looked at");
    }
}

#[test]
fn no_interval_in_a_chart_stands_without_its_respondents() {
    let mut found = 0;
    for (name, html) in everything() {
        for chart in html.split("class=\"chart").skip(1) {
            let chart = chart.split("</figure>").next().unwrap_or_default();
            for words in chart.split("<text").skip(1) {
                let words =
                    words.split_once('>').and_then(|(_, rest)| rest.split('<').next()).unwrap_or_default();
                if words.contains('(') {
                    found += 1;
                    assert!(words.contains(") · "), "{name}: {words}");
                }
            }
        }
    }
    assert!(found > 100, "only {found} intervals were looked at");
}

#[test]
fn every_chart_has_a_table_in_its_section() {
    for (name, html) in everything() {
        for section in html.split("<section").skip(1) {
            assert!(
                !section.contains("class=\"chart") || section.contains("<table"),
                "{name}: a chart without a table"
            );
        }
    }
}

#[test]
fn a_full_hundred_is_never_said() {
    for (name, html) in everything() {
        let text = seen(&html);
        assert!(!text.contains("100,0\u{a0}%") && !text.contains("100.0%"), "{name}");
    }
}

#[test]
fn a_page_without_figures_says_why_and_shows_neither_blank_nor_zero() {
    for (language, reason) in
        [(Language::Vi, "đang chờ đủ 10 phiếu"), (Language::En, "waiting for 10 answers")]
    {
        let pages = pages::figures(language);
        for wanted in ["agency-withheld", "province-withheld"] {
            let (_, html) = pages.iter().find(|(name, _)| *name == wanted).unwrap();
            let text = seen(html);
            assert!(figures(&text, language).is_empty(), "{wanted}");
            assert!(text.to_lowercase().contains(reason), "{wanted}");
            assert!(!html.contains("<td class=\"n\"></td>"), "{wanted} has an empty cell");
        }
    }
}

#[test]
fn levels_of_trust_are_not_added_up() {
    let (_, html) = pages::figures(Language::Vi).swap_remove(0);
    let text = seen(&html);
    // 412 + 96 + 72, and 412 + 96.
    for sum in [" 580 ", " 508 "] {
        assert!(!text.contains(sum), "the page adds levels up:{sum}");
    }
    assert_eq!(text.matches("không cộng vào").count(), 2);
}

#[test]
fn nothing_inline_and_nothing_from_elsewhere() {
    for (name, html) in everything() {
        assert!(!html.contains(" style=\""), "{name} has an inline style");
        assert!(!html.contains("<script"), "{name} has a script");
        // A tablet is told the whole address of the product itself.
        let html = html.replace("https://hailong.camau.example/", "/");
        assert!(!html.contains("http://") && !html.contains("https://"), "{name} points elsewhere");
    }
}

#[test]
fn every_place_in_a_phrase_is_filled() {
    for (name, html) in everything() {
        // The properties of an island travel as JSON, and its texts are filled in the browser.
        let shown: String = html
            .split("data-props=\"")
            .enumerate()
            .map(|(at, part)| if at == 0 { part } else { part.split_once('"').map_or("", |(_, rest)| rest) })
            .collect();
        assert!(!shown.contains('{') && !shown.contains('}'), "{name} shows an unfilled place");
    }
}

#[test]
fn every_reference_inside_a_page_has_its_target_once() {
    for (name, html) in everything() {
        let all = values(&html, "id");
        let ids: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(ids.len(), all.len(), "{name} repeats an id");
        let refs = ["for", "aria-labelledby", "aria-describedby"].map(|attribute| values(&html, attribute));
        for id in refs.iter().flatten().flat_map(|value| value.split(' ')) {
            assert!(ids.contains(id), "{name} refers to {id}, which is not there");
        }
        for target in values(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
            assert!(ids.contains(target), "{name} links to #{target}, which is not there");
        }
    }
}

#[test]
fn forms_that_change_something_carry_the_token_and_filters_keep_the_rest_of_the_address() {
    for (name, html) in everything() {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            if form.contains("method=\"get\"") {
                assert!(form.contains("name=\"lang\""), "{name}: a filter forgets the language");
            } else if !["sign-in", "setup"].iter().any(|door| name.starts_with(door)) {
                assert!(form.contains("name=\"csrf\""), "{name}: a form without its token");
            }
        }
    }
}

#[test]
fn the_language_switch_keeps_the_address() {
    let mut frame = pages::frame(Language::Vi, "/a/SNNMT");
    frame.here = frame.here.with("period", "2026-Q3");
    let html = app::console::render_agency(&samples::full(), &frame);
    assert!(html.contains("href=\"/a/SNNMT?lang=en&amp;period=2026-Q3\""));
}

#[test]
fn every_page_of_a_reader_has_one_box_for_units_and_no_other_page_has_any() {
    for (name, html) in everything() {
        let boxes = html.matches("action=\"/find\"").count();
        let is_sheet = name.starts_with("poster-");
        let is_read = html.contains("action=\"/sign-out\"");
        assert_eq!(boxes, usize::from(is_read && !is_sheet), "{name}");
    }
}

#[test]
fn what_was_searched_for_comes_back_as_it_was_typed_and_ended_units_say_since_when() {
    let html = find::all(|path| pages::frame(Language::Vi, path)).swap_remove(1).1;
    assert!(html.contains("“bac lieu &lt;b&gt;”") && !html.contains("lieu <b>"), "{html}");
    let text = seen(&html);
    for words in [
        "60 đơn vị khớp",
        "dưới đây là 3 đơn vị đầu",
        "cấp xã, thuộc Thành phố Bạc Liêu",
        "hết hiệu lực từ 01/07/2025; nay là Phường Bạc Liêu",
        "hoạt động từ 01/01/2027",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(html.contains("href=\"/a/31825@2025-06-30?lang=vi\""));
}

#[test]
fn before_the_first_release_both_days_of_a_fold_are_named() {
    let pages = pages::figures(Language::Vi);
    let (_, html) = pages.iter().find(|(name, _)| *name == "agency-unreleased").unwrap();
    let text = seen(html);
    assert!(text.contains("mỗi thứ hai và ngày đầu tháng, lần tới 12/10/2026"), "{text}");
    assert!(text.contains("chỉ nhập sổ ngày đầu tháng, lần tới 01/11/2026"), "{text}");
}

#[test]
fn what_goes_beyond_the_interval_begins_with_what_it_means() {
    let pages = pages::figures(Language::Vi);
    let text = |name: &str| seen(&pages.iter().find(|(page, _)| *page == name).unwrap().1);
    let full = text("agency");
    for words in [
        "Nên bắt đầu từ: Kết quả.",
        "Tương quan không phải nguyên nhân",
        "1. Tiếp cận dịch vụ 14\u{a0}% (14\u{a0}%)",
        "0,97 nghĩa là phần lớn mọi người lặp lại một câu trả lời",
        "thì chỉ số là 82,3\u{a0}% (79,7–84,6); tính theo số phiếu thì là 84,6",
        "chưa tính được: các lĩnh vực có phiếu ở đây chỉ chiếm 31\u{a0}% số hồ sơ",
        "Gộp vào “Khác” vì quá ít phiếu: Lâm nghiệp; Thủy lợi.",
        "Nhiều phiếu hơn hồ sơ, phải xem lại: Môi trường.",
        "nằm đâu đó từ 24\u{a0}% đến 96\u{a0}%",
        "ít nhất 79\u{a0}% số người không trả lời phải hài lòng",
        "người dân nói trễ nhiều hơn sổ sách ghi",
    ] {
        assert!(full.contains(words), "{words} in {full}");
    }
    let few = text("agency-few");
    assert!(few.contains("Chưa tính được: cần ít nhất 82 phiếu"), "{few}");
    let other = text("agency-other-leads");
    for words in [
        "Các yếu tố quan trọng gần như nhau",
        "0,64 nghĩa là các câu hỏi đo những điều khác nhau",
        "Bị trả lời ngược với các câu còn lại: Đủ ghế ngồi, bàn viết.",
        "đạt 80\u{a0}% dù người không trả lời nghĩ gì.",
        "không đạt 90\u{a0}% dù mọi người không trả lời đều hài lòng.",
    ] {
        assert!(other.contains(words), "{words} in {other}");
    }
    let claims = ["Nên bắt đầu từ", "Nên làm gì", "Làm sau"];
    assert!(
        claims.iter().all(|claim| full.contains(claim) && !other.contains(claim)),
        "nothing is first where all are alike"
    );
    assert!(!text("agency-withheld").contains("Nên cải thiện"), "the kiosk and a counter's view have none");
}

#[test]
fn names_of_data_cannot_become_markup() {
    let mut report = samples::full();
    report.setting.unit.name = domain::language::Words::vi("<script>alert(1)</script>");
    report.setting.survey_name = "\"><img src=x>".into();
    report.nodes[1].name = domain::language::Words::vi("</title><b>");
    let html = app::console::render_agency(&report, &pages::frame(Language::Vi, "/a/\"><script>"));
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("</title><b>"));
}

#[test]
fn sorting_by_value_says_that_it_is_partly_chance_and_gives_no_places() {
    let pages = pages::figures(Language::Vi);
    let (_, html) = pages.iter().find(|(name, _)| *name == "province-by-value").unwrap();
    let text = seen(html);
    assert!(text.contains("Thứ tự này một phần do ngẫu nhiên"));
    assert!(!text.contains("hạng 1") && !text.contains("Hạng"));
    let (_, official) = pages.iter().find(|(name, _)| *name == "province").unwrap();
    assert!(!seen(official).contains("Thứ tự này một phần do ngẫu nhiên"));
}

#[test]
fn a_unit_that_may_not_be_opened_is_no_link() {
    let mut report = provinces::province();
    for unit in report.groups.iter_mut().flat_map(|group| &mut group.units) {
        unit.unit.may_open = false;
    }
    let html = app::console::render_province(&report, &pages::frame(Language::Vi, "/p/96"));
    assert!(!html.contains("href=\"/a/31"));
    let open = app::console::render_province(&provinces::province(), &pages::frame(Language::Vi, "/p/96"));
    assert!(open.contains("/a/31834?lang=vi&amp;period=2026-Q3&amp;trust=verified"));
}
