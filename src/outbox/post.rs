//! Handing a mail to the mail server, and what its answer means.
//!
//! The id of the mail is that of its message: should a mail go out twice because the machine stopped between the server's
//! answer and our note of it, the recipient's program can tell.

use std::error::Error as _;
use std::time::{Duration, SystemTime};

use chrono::NaiveDateTime;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use rocket::tokio::time::timeout;

use super::letters::one_line;
use super::model::{Attempt, Encryption, MailServer};

/// How long the mail server has to take a mail.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// A mail, ready to go.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Id of its message.
    pub id: String,
    /// Address of the recipient.
    pub email: String,
    /// Name of the recipient.
    pub name: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// When it was written.
    pub written_at: NaiveDateTime,
    /// A calendar file that goes with it.
    pub calendar: Option<String>,
}

/// Says that a program wrote the mail, so that no absence notice answers it (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The way to the mail server.
pub struct Post {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    patience: Duration,
}

/// Returns whether a text is an address to send from: `Name <address>` or an address.
pub fn is_mailbox(text: &str) -> bool {
    text.parse::<Mailbox>().is_ok()
}

impl Post {
    /// Prepares the way to a mail server; says what cannot be used.
    pub fn to(server: &MailServer, patience: Duration) -> Result<Self, String> {
        let mailbox = |text: &str| text.parse::<Mailbox>().map_err(|error| format!("{text}: {error}"));
        let secured = || TlsParameters::new(server.server.clone()).map_err(|error| error.to_string());
        let tls = match server.encryption {
            Encryption::None => Tls::None,
            Encryption::StartTls => Tls::Required(secured()?),
            Encryption::Tls => Tls::Wrapper(secured()?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.server)
            .port(server.port)
            .tls(tls)
            .timeout(Some(patience));
        if let Some((user, password)) = &server.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self {
            transport: builder.build(),
            from: mailbox(&server.from)?,
            reply_to: server.reply_to.as_deref().map(mailbox).transpose()?,
            patience,
        })
    }

    /// Connects, encrypts and signs in as for a mail, and sends none; says what does not work.
    pub async fn check(&self) -> Result<(), String> {
        match timeout(self.patience, self.transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err("it answers and does not go on".to_owned()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err(format!("no answer within {} s", self.patience.as_secs())),
        }
    }

    /// Sends one mail.
    pub async fn send(&self, mail: &Mail) -> Attempt {
        let message = match self.message(mail) {
            Ok(message) => message,
            Err(reason) => return Attempt::Never(reason),
        };
        match timeout(self.patience, self.transport.send(message)).await {
            Ok(Ok(_)) => Attempt::Taken,
            Ok(Err(error)) => judged(&error),
            Err(_) => Attempt::Later(format!("no answer within {} s", self.patience.as_secs())),
        }
    }

    fn message(&self, mail: &Mail) -> Result<Message, String> {
        let address: Address = mail.email.parse().map_err(|error| format!("{error}"))?;
        let name = Some(one_line(&mail.name)).filter(|name| !name.is_empty());
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name, address))
            .subject(one_line(&mail.subject))
            .date(SystemTime::from(mail.written_at.and_utc()))
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            .header(AutoSubmitted);
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        let text = SinglePart::plain(mail.body.clone());
        let made = match &mail.calendar {
            None => builder.singlepart(text),
            Some(calendar) => {
                let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH")
                    .map_err(|error| error.to_string())?;
                let file = Attachment::new("deadline.ics".to_owned()).body(calendar.clone(), kind);
                builder.multipart(MultiPart::mixed().singlepart(text).singlepart(file))
            }
        };
        made.map_err(|error| error.to_string())
    }
}

/// Tells a refusal of this mail from trouble with the server: what concerns our own sign-in there (53x) is for us to mend,
/// and says nothing about the recipient.
fn judged(error: &lettre::transport::smtp::Error) -> Attempt {
    let mut said = error.to_string();
    let mut source = error.source();
    while let Some(deeper) = source {
        said = format!("{said}: {deeper}");
        source = deeper.source();
    }
    let said = one_line(&said);
    let is_about_us = error.status().is_some_and(|code| code.to_string().starts_with("53"));
    if error.is_permanent() && !is_about_us { Attempt::Never(said) } else { Attempt::Later(said) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn written(mail: &Mail) -> String {
        let server = MailServer {
            server: "localhost".to_owned(),
            port: 25,
            encryption: Encryption::None,
            credentials: None,
            from: "Secretariat <speca@example.org>".to_owned(),
            reply_to: Some("answers@example.org".to_owned()),
        };
        let post = Post::to(&server, PATIENCE).expect("usable");
        String::from_utf8(post.message(mail).expect("a mail").formatted()).expect("ASCII")
    }

    #[test]
    fn names_and_subjects_cannot_add_headers() {
        let mail = Mail {
            id: "0190".to_owned(),
            email: "head@example.org".to_owned(),
            name: "Глава\r\nBcc: thief@example.org".to_owned(),
            subject: "Тема\nX-Evil: 1\r\n\r\nbody".to_owned(),
            body: "Текст.\n.\nДальше".to_owned(),
            written_at: NaiveDate::from_ymd_opt(2020, 9, 14).unwrap().and_hms_opt(8, 0, 0).unwrap(),
            calendar: None,
        };
        let text = written(&mail);
        let head = text.split("\r\n\r\n").next().unwrap();
        for line in head.lines() {
            let is_header = ["From:", "To:", "Subject:", "Date:", "Message-ID:", "Auto-Submitted:", "Reply-To:"]
                .iter()
                .chain(&["MIME-Version:", "Content-Type:", "Content-Transfer-Encoding:", " "])
                .any(|start| line.starts_with(start));
            assert!(is_header, "{line}");
        }
        assert!(head.contains("Message-ID: <0190@example.org>") && head.contains("Auto-Submitted: auto-generated"));
        assert!(head.is_ascii(), "{head}");
    }

    #[test]
    fn an_address_that_is_none_is_refused_at_once() {
        assert!(is_mailbox("Secretariat <a@example.org>") && is_mailbox("a@example.org"));
        assert!(!is_mailbox("a") && !is_mailbox("a@example.org\r\nBcc: b@example.org"));
    }
}
