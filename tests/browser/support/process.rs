//! A program started for a journey: waits for what it says, and ends with the journey.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Longest time that a program may take to start, or to end by itself.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running program, with everything it started.
pub struct Process {
    child: Child,
    lines: Receiver<String>,
    /// Where ChromeDriver listens: asked to end, it ends its browsers first.
    shutdown_port: Option<u16>,
}

/// Returns whether a program can be found.
pub fn is_installed(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// Runs a program to its end, with a text for it to read.
pub fn run(program: &str, arguments: &[&str], folder: &Path, input: &str) {
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Asks a program on this machine and returns the body of its answer; empty when it does not answer.
pub fn ask(port: u16, method: &str, path: &str, body: &str) -> String {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return String::new() };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n"
    );
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
    body_of(BufReader::new(stream)).unwrap_or_default()
}

/// Reads an answer: the driver keeps the line open, so its length says where it ends.
fn body_of(mut answer: BufReader<TcpStream>) -> std::io::Result<String> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        answer.read_line(&mut line)?;
        if let Some(number) = line.to_lowercase().strip_prefix("content-length:") {
            length = number.trim().parse().unwrap_or(0);
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    answer.read_exact(&mut body)?;
    Ok(String::from_utf8_lossy(&body).into_owned())
}

impl Process {
    /// Starts a program in a folder, in a process group of its own.
    pub fn start(program: &str, arguments: &[&str], folder: &Path) -> Self {
        let mut child = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let out = child.stdout.take().unwrap();
        let (sender, lines) = channel();
        // Why: the pipe is read to its end, or the program would stop at a full one.
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Self { child, lines, shutdown_port: None }
    }

    /// Waits for a line and returns what stands behind a text in it.
    pub fn wait_for(&self, text: &str) -> String {
        let until = Instant::now() + PATIENCE;
        let mut said = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(until.saturating_duration_since(Instant::now())) {
            if let Some((_, behind)) = line.split_once(text) {
                return behind.to_owned();
            }
            said.push(line);
        }
        panic!("no `{text}`; it said: {}", said.join("\n"));
    }

    /// Sends a signal.
    pub fn signal(&self, signal: &str) {
        let _ = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
    }

    /// Waits for its end and returns its exit code.
    pub fn exit_code(&mut self) -> Option<i32> {
        self.has_ended(PATIENCE);
        self.child.try_wait().ok().flatten().and_then(|ended| ended.code())
    }

    /// Ends through the door that ChromeDriver has for that.
    pub fn ending_at(mut self, port: u16) -> Self {
        self.shutdown_port = Some(port);
        self
    }

    fn has_ended(&mut self, within: Duration) -> bool {
        let until = Instant::now() + within;
        while Instant::now() < until {
            if self.child.try_wait().is_ok_and(|code| code.is_some()) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(port) = self.shutdown_port {
            ask(port, "GET", "/shutdown", "");
            self.has_ended(Duration::from_secs(10));
        }
        // The whole group: whatever the program started must not outlive the journey.
        let _ =
            Command::new("kill").args(["-KILL", "--", &format!("-{}", self.child.id())]).stderr(Stdio::null()).status();
        let _ = self.child.wait();
    }
}
