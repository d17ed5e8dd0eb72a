use super::*;
use crate::escape::{Sheet, escape};
use proptest::prelude::*;

const OPEN: Shape<'_> = Shape { required: &[], optional: &[], open: true };
const UNITS: Shape<'_> = Shape { required: &["code", "name"], optional: &["phone"], open: false };

type Cells = Vec<(u64, Vec<String>)>;

fn read_within(bytes: &[u8], shape: Shape<'_>, limits: Limits) -> Result<Cells, Vec<FileFault>> {
    let faults_of = |error| match error {
        UsecaseError::File(faults) => faults,
        other => panic!("{other}"),
    };
    let mut table = Table::open_within(bytes, shape, limits).map_err(faults_of)?;
    let width = table.header().0.len();
    let (mut faults, mut rows) = (Faults::default(), Vec::new());
    while let Some(row) = table.row(&mut faults) {
        rows.push((row.line(), (0..width).map(|i| row.raw(i).to_owned()).collect()));
    }
    faults.outcome().map_err(faults_of).map(|()| rows)
}

fn read(bytes: impl AsRef<[u8]>, shape: Shape<'_>) -> Result<Cells, Vec<FileFault>> {
    read_within(bytes.as_ref(), shape, Limits::default())
}

fn told(bytes: impl AsRef<[u8]>, shape: Shape<'_>) -> Vec<String> {
    read(bytes, shape).unwrap_err().iter().map(ToString::to_string).collect()
}

fn only(bytes: impl AsRef<[u8]>, shape: Shape<'_>) -> String {
    let told = told(bytes, shape);
    assert_eq!(told.len(), 1, "{told:?}");
    told[0].clone()
}

#[test]
fn comma_and_semicolon_bom_and_line_ends_are_all_read_alike() {
    let wanted = vec![(2, vec!["01".to_owned(), "Hà, Nội".into()]), (3, vec!["02".into(), "Huế".into()])];
    for text in [
        "code,name\n01,\"Hà, Nội\"\n02,Huế\n",
        "\u{feff}code,name\r\n01,\"Hà, Nội\"\r\n02,Huế",
        "code;name\r01;Hà, Nội\r02;Huế\r",
        "code;\"name\"\n01;\"Hà, Nội\"\n02;Huế\n\n\n",
    ] {
        assert_eq!(read(text, UNITS).unwrap(), wanted, "{text:?}");
    }
}

#[test]
fn lines_are_counted_past_empty_ones_and_breaks_inside_quotes() {
    let rows = read("code,name\n\n\r\n01,\"a\r\nb\nc\"\n,\n02,d", UNITS).unwrap();
    assert_eq!(rows, [(4, vec!["01".into(), "a\r\nb\nc".into()]), (8, vec!["02".to_owned(), "d".into()])]);
}

#[test]
fn unknown_double_missing_and_nameless_columns_are_named() {
    let told = told("code,Name,code,\n1,2,3,4\n", UNITS);
    assert_eq!(told.len(), 4, "{told:?}");
    assert_eq!(told[0], "line 1, column 0 (name): the column \"name\" is missing");
    assert!(told[1].starts_with("line 1, column 2 (Name): there is no column \"Name\""), "{}", told[1]);
    assert!(told[1].ends_with("code, name, phone"), "{}", told[1]);
    assert!(told[2].starts_with("line 1, column 3 (code): the column \"code\" stands here"), "{}", told[2]);
    assert!(told[3].starts_with("line 1, column 4 (): this column has no name"), "{}", told[3]);
}

#[test]
fn a_file_that_is_empty_or_only_a_header_says_so() {
    for nothing in ["", "\u{feff}", "\n\n", ",,\n1,2,3\n"] {
        assert!(only(nothing, UNITS).contains("the first line is empty"), "{nothing:?}");
    }
    for header in ["code,name", "code,name\r\n", "code,name\n\n,\n"] {
        assert!(only(header, UNITS).contains("no line below it"), "{header:?}");
    }
    assert!(only("code\tname\n1\t2\n", UNITS).contains("not by tabs"));
}

#[test]
fn other_encodings_are_refused_with_the_line_and_what_to_do() {
    let utf16: Vec<u8> = "code,name\n01,Hà Nội\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [&[0xFF, 0xFE], utf16.as_slice()].concat();
    let tcvn3 = b"code,name\n01,Hu\xd5\n02,C\xb5 Mau\n".to_vec();
    for (bytes, start) in
        [(utf16, "line 1, column 0"), (marked, "line 1, column 0"), (tcvn3, "line 2, column 2 (name)")]
    {
        let told = only(&bytes, UNITS);
        assert!(told.starts_with(start) && told.contains("save it as “CSV UTF-8”"), "{told}");
    }
}

#[test]
fn windows_1258_is_read_and_said() {
    // "Huế", "Đà Nẵng" as the spreadsheet of an older Windows saves them.
    let text = b"code;name\n01;Hu\xea\xec\n02;\xd0a\xcc N\xe3\xdeng\n";
    let mut table = Table::open(&text[..], UNITS).unwrap();
    let (mut faults, mut names) = (Faults::default(), Vec::new());
    while let Some(row) = table.row(&mut faults) {
        names.push(row.cell("name").to_owned());
    }
    assert_eq!((names, faults.is_empty()), (vec!["Huế".to_owned(), "Đà Nẵng".into()], true));
    assert_eq!(table.manner().to_string(), "read as Windows-1258, separated by semicolons");
}

#[test]
fn quotes_that_do_not_fit_are_named_with_their_line() {
    let open = only("code,name\n01,ok\n02,\"never\nclosed\n", UNITS);
    assert_eq!(open, "line 3, column 2 (name): the quote that begins this cell is never closed");
    let told = told("code,name\n01,a\"b\n02,\"a\"b\n", UNITS);
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("line 2, column 2 (name): a quote stands inside"), "{}", told[0]);
    assert!(told[1].starts_with("line 3, column 2 (name): a quote stands inside"), "{}", told[1]);
}

#[test]
fn control_characters_and_wrong_numbers_of_cells_are_told_together() {
    let told = told("code,name\n0\u{0}1,a\n02\n03,b,c\n04,\u{85}\n05,good\n", UNITS);
    let starts = [
        "line 2, column 1 (code): this cell holds a control character (U+0000)",
        "line 3, column 0 (the whole line): this line has 1 cells, the header has 2",
        "line 4, column 0 (the whole line): this line has 3 cells, the header has 2",
        "line 5, column 2 (name): this cell holds a control character (U+0085)",
    ];
    assert_eq!(told.len(), starts.len(), "{told:?}");
    assert!(told.iter().zip(starts).all(|(told, start)| told.starts_with(start)), "{told:?}");
}

#[test]
fn after_fifty_faults_the_others_are_counted() {
    let text = format!("code,name\n{}", "01\n".repeat(70));
    let told = told(text, UNITS);
    assert_eq!(told.len(), MOST_FAULTS + 1);
    assert!(told[MOST_FAULTS].ends_with("there are 20 more faults; mend these first"), "{:?}", told.last());
}

#[test]
fn files_lines_and_cells_that_are_too_large_are_refused() {
    let text = "code,name\n01,abcdefgh\n02,b\n03,c\n";
    let small = Limits { bytes: 1_000, rows: 3, cell: 8 };
    assert_eq!(read_within(text.as_bytes(), UNITS, small).unwrap().len(), 3);
    for (limits, start) in [
        (Limits { cell: 7, ..small }, "line 2, column 2 (name): this cell is longer than 7 bytes"),
        (Limits { rows: 2, ..small }, "line 4, column 0 (the whole line): a file holds at most 2 lines"),
        (Limits { bytes: 30, ..small }, "line 4, column 0 (the whole line): a file holds at most"),
    ] {
        let told = read_within(text.as_bytes(), UNITS, limits).unwrap_err();
        assert_eq!(told.len(), 1);
        assert!(told[0].to_string().starts_with(start), "{}", told[0]);
    }
    assert!(only(",".repeat(3_000), OPEN).contains("at most 2000 cells"));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(read(&bytes, UNITS));
        drop(read(&bytes, OPEN));
    }

    #[test]
    fn no_text_of_separators_and_quotes_makes_it_panic(text in "[a\",;\r\n' =\u{feff}]{0,60}") {
        drop(read(text.as_bytes(), OPEN));
    }

    #[test]
    fn what_the_writer_wrote_comes_back(
        rows in prop::collection::vec(prop::collection::vec("[ -~\n\r\t'=+;,\"]{0,12}|\\PC{0,12}", 3), 1..6)
    ) {
        let mut sheet = Sheet::new(Vec::new(), &["a", "b", "c"]).unwrap();
        for row in &rows {
            sheet.line(row).unwrap();
        }
        let bytes = sheet.finish().unwrap();
        let wanted: Vec<&Vec<String>> = rows.iter().filter(|row| row.iter().any(|cell| !escape(cell).trim().is_empty())).collect();
        match read(&bytes, OPEN) {
            Ok(back) => prop_assert_eq!(back.iter().map(|(_, cells)| cells).collect::<Vec<_>>(), wanted),
            Err(faults) => prop_assert!(wanted.is_empty(), "{faults:?}"),
        }
    }

    #[test]
    fn it_reads_a_sound_file_as_the_csv_crate_does(
        rows in prop::collection::vec(prop::collection::vec("[a-z ,;\"\n]{0,8}x", 2), 1..6)
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["a", "b"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let theirs: Vec<Vec<String>> = csv::Reader::from_reader(bytes.as_slice()).deserialize().map(Result::unwrap).collect();
        let ours: Vec<Vec<String>> = read(&bytes, OPEN).unwrap().into_iter().map(|(_, cells)| cells).collect();
        prop_assert_eq!(ours, theirs);
    }
}
