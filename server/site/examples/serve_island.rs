//! Serves one page with an island on this machine, under the policy the console is served with:
//! `cargo run -p site --example serve_island`, then open the address it prints.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use app::islands::render_with_islands;
use app::islands::unit_filter::UnitFilter;
use leptos::prelude::*;

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    object-src 'none'";

const UNITS: [&str; 6] =
    ["Xã Đất Mũi", "Xã Năm Căn", "Phường Tân Thành", "Phường An Xuyên", "Xã U Minh", "Xã Đầm Dơi"];

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut out = io::stdout();
    writeln!(out, "http://{}/", listener.local_addr()?)?;
    out.flush()?;
    for stream in listener.incoming() {
        if let Err(error) = answer(stream?) {
            writeln!(io::stderr(), "{error}")?;
        }
    }
    Ok(())
}

fn answer(mut stream: TcpStream) -> io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = request.split(' ').nth(1).unwrap_or("/");
    match site::find(path) {
        Some(asset) => respond(&mut stream, "200 OK", asset.mime, "Content-Encoding: br\r\n", asset.brotli),
        None if path == "/" => {
            respond(&mut stream, "200 OK", "text/html; charset=utf-8", "", page().as_bytes())
        }
        None => respond(&mut stream, "404 Not Found", "text/plain", "", b"not found"),
    }
}

fn respond(stream: &mut TcpStream, status: &str, mime: &str, more: &str, body: &[u8]) -> io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n{more}Content-Security-Policy: {POLICY}\r\n\
         X-Content-Type-Options: nosniff\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(body)
}

fn page() -> String {
    render_with_islands(|| {
        view! {
            <!DOCTYPE html>
            <html lang="vi">
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <title>"Tìm đơn vị"</title>
                    <link rel="icon" href=site::ICON/>
                    <link rel="stylesheet" href=site::CONSOLE_CSS/>
                    {site::START_JS.map(|start| view! { <script type="module" src=start></script> })}
                </head>
                <body class="console">
                    <main class="wrap">
                        <div class="intro">
                            <h1>"Các đơn vị"</h1>
                            <UnitFilter
                                id="tim".to_owned()
                                label="Tìm xã, phường".to_owned()
                                hint="Gõ tên, có dấu hoặc không dấu".to_owned()
                                target="#don-vi".to_owned()
                                found="Đang hiện {shown} trên {total} đơn vị".to_owned()
                                none="Không có đơn vị nào khớp".to_owned()
                            />
                            {table()}
                        </div>
                    </main>
                </body>
            </html>
        }
    })
}

fn table() -> impl IntoView {
    let rows = UNITS.map(|unit| view! { <tr><th scope="row">{unit}</th><td class="n">"412"</td></tr> });
    view! {
        <table id="don-vi">
            <caption class="unseen">"Các đơn vị"</caption>
            <thead><tr><th scope="col">"Đơn vị"</th><th scope="col" class="n">"Phiếu"</th></tr></thead>
            <tbody>
                {rows.into_iter().collect_view()}
                <tr class="sum"><th scope="row">"Cộng"</th><td class="n">"2.472"</td></tr>
            </tbody>
        </table>
    }
}
