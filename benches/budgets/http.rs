//! A load over real sockets: a few connections, each asking again as soon as it was answered.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use rocket::fairing::AdHoc;
use rocket::tokio::io::{AsyncReadExt, AsyncWriteExt};
use rocket::tokio::net::TcpStream;
use rocket::tokio::runtime::{Builder, Runtime};
use rocket::{Build, Rocket};

/// Connections that ask at the same time.
const CONNECTIONS: usize = 16;

/// Returns the runtime of the servers: as many workers as there are cores.
pub fn runtime() -> Runtime {
    Builder::new_multi_thread().enable_all().build().expect("runtime")
}

/// Starts a server on a free port of this machine and returns its address.
pub fn serve(runtime: &Runtime, rocket: Rocket<Build>) -> SocketAddr {
    let (sender, receiver) = std::sync::mpsc::channel();
    let rocket = rocket.attach(AdHoc::on_liftoff("address", move |rocket| {
        let _ = sender.send(SocketAddr::new(rocket.config().address, rocket.config().port));
        Box::pin(async {})
    }));
    runtime.spawn(async move { rocket.launch().await.map(|_| ()).map_err(|error| error.to_string()) });
    receiver.recv().expect("the server starts")
}

/// What a load measured.
pub struct Load {
    /// Answers a second.
    pub rate: f64,
    /// Half of the answers came within this.
    pub p50: Duration,
    /// All but one in a hundred came within this.
    pub p99: Duration,
    /// Bytes of an answer, head included, on average.
    pub bytes: usize,
}

/// Asks for the paths in turn for a while, on a thread of its own, with further header lines (each ending in `\r\n`).
pub fn load(server: SocketAddr, paths: &[String], headers: &str, during: Duration) -> Load {
    let requests: Vec<String> =
        paths.iter().map(|path| format!("GET {path} HTTP/1.1\r\nHost: bench\r\n{headers}\r\n")).collect();
    let clients = Builder::new_current_thread().enable_all().build().expect("runtime");
    let start = Instant::now();
    let end = start + during;
    let (mut times, bytes) = clients.block_on(async {
        let all = (0..CONNECTIONS).map(|first| client(server, &requests, first, end));
        let all = rocket::futures::future::join_all(all).await;
        all.into_iter().fold((Vec::new(), 0), |(mut times, bytes), (more, more_bytes)| {
            times.extend(more);
            (times, bytes + more_bytes)
        })
    });
    let seconds = start.elapsed().as_secs_f64();
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    Load { rate: times.len() as f64 / seconds, p50: at(50), p99: at(99), bytes: bytes / times.len() }
}

async fn client(server: SocketAddr, requests: &[String], first: usize, end: Instant) -> (Vec<Duration>, usize) {
    let mut stream = TcpStream::connect(server).await.expect("connection");
    stream.set_nodelay(true).expect("no delay");
    let (mut times, mut bytes) = (Vec::new(), 0);
    let mut buffer = vec![0; 1 << 20];
    for request in requests.iter().cycle().skip(first * 7 % requests.len()) {
        let start = Instant::now();
        if start >= end {
            break;
        }
        stream.write_all(request.as_bytes()).await.expect("asked");
        bytes += answer(&mut stream, &mut buffer).await;
        times.push(start.elapsed());
    }
    (times, bytes)
}

/// Reads one answer and returns its length; anything but 200 ends the measurement.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> usize {
    let mut held = 0;
    let mut whole: Option<Option<usize>> = None;
    loop {
        if held == buffer.len() {
            buffer.resize(held * 2, 0);
        }
        let read = stream.read(&mut buffer[held..]).await.expect("answer");
        assert!(read > 0, "the server closed the connection");
        held += read;
        if whole.is_none()
            && let Some(end) = buffer[..held].windows(4).position(|part| part == b"\r\n\r\n")
        {
            let head = String::from_utf8_lossy(&buffer[..end]).to_lowercase();
            assert!(head.starts_with("http/1.1 200"), "{head}");
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
            whole = Some(length.map(|length: usize| end + 4 + length));
        }
        let is_whole = match whole {
            Some(Some(length)) => held >= length,
            // Why: without a length the answer comes in chunks and ends with an empty one.
            Some(None) => buffer[..held].ends_with(b"\r\n0\r\n\r\n"),
            None => false,
        };
        if is_whole {
            return held;
        }
    }
}
