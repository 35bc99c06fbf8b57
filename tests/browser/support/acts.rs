//! What a browser does and looks at beyond clicking: forms sent as they are shown, single keys, enlarged and printed pages.

use serde_json::json;

use super::Browser;

impl Browser {
    /// Sends the form of a button as its page shows it, with some fields set, and returns status and text of the answer. A name
    /// that ends in `*` sets every field that begins so.
    pub async fn send(&self, path: &str, button: &str, fields: &[(&str, &str)]) -> (u64, String) {
        let script = "
            const [css, fields, done] = arguments, button = document.querySelector(css);
            if (!button) return done([0, 'no button ' + css]);
            const form = button.form, data = new FormData(form, button), set = new Set();
            for (const [name, value] of fields) {
                const names = name.endsWith('*')
                    ? [...form.elements].map(field => field.name).filter(other => other.startsWith(name.slice(0, -1)))
                    : [name];
                for (const each of names) {
                    if (!set.has(each) || name.endsWith('*')) data.delete(each);
                    set.add(each);
                    data.append(each, value);
                }
            }
            const to = button.hasAttribute('formaction') ? button.formAction : form.getAttribute('action') || location.href;
            fetch(to, { method: 'POST', body: form.enctype.startsWith('multipart') ? data : new URLSearchParams(data) })
                .then(answer => answer.text().then(text => done([answer.status, text])))
                .catch(error => done([0, String(error)]));
        ";
        self.open(path).await;
        let fields = json!(fields.iter().map(|(name, value)| json!([name, value])).collect::<Vec<_>>());
        let said = self.client.execute_async(script, vec![json!(button), fields]).await.unwrap();
        (said[0].as_u64().unwrap_or_default(), said[1].as_str().unwrap_or_default().to_owned())
    }

    /// Presses one key where the focus is.
    pub async fn key(&self, key: &str) {
        let (code, number, text) = match key {
            "Tab" => ("Tab", 9, ""),
            "Enter" => ("Enter", 13, "\r"),
            "Space" => ("Space", 32, " "),
            "ArrowDown" => ("ArrowDown", 40, ""),
            "Backspace" => ("Backspace", 8, ""),
            other => panic!("no key {other}"),
        };
        let key = if key == "Space" { " " } else { key };
        let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        let press = json!({ "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number, "text": text });
        self.command("Input.dispatchKeyEvent", &press).await;
        let release = json!({ "type": "keyUp", "key": key, "code": code, "windowsVirtualKeyCode": number });
        self.command("Input.dispatchKeyEvent", &release).await;
    }

    /// Keeps a picture of the page to its end.
    pub async fn whole_picture(&self, name: &str) {
        let script = "return [window.innerWidth, document.documentElement.scrollHeight]";
        let sizes = self.client.execute(script, vec![]).await.unwrap();
        let width = sizes[0].as_u64().unwrap();
        let height = sizes[1].as_u64().unwrap().min(6000);
        let metrics =
            |height| json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
        self.command("Emulation.setDeviceMetricsOverride", &metrics(height.max(900))).await;
        self.picture(name).await;
        self.command("Emulation.setDeviceMetricsOverride", &metrics(900)).await;
    }

    /// Returns whether the page needs to be scrolled sideways in a window of 640 pixels with letters of twice the size,
    /// whether anything moves for a reader who asked for no motion, and whether paper carries what only a window can use.
    pub async fn faults_enlarged(&self) -> Vec<String> {
        let at = self.path().await;
        let metrics = json!({ "width": 640, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", &metrics).await;
        let reduced = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        self.command("Emulation.setEmulatedMedia", &reduced).await;
        let script = "
            const root = document.documentElement;
            root.style.setProperty('font-size', '200%');
            const wider = root.scrollWidth - window.innerWidth;
            const moves = [...document.querySelectorAll('*')].filter(one => {
                const style = getComputedStyle(one);
                return style.transitionDuration.split(', ').some(time => parseFloat(time) > 0) || style.animationName !== 'none';
            });
            root.style.removeProperty('font-size');
            return [wider, moves.length];
        ";
        let said = self.client.execute(script, vec![]).await.unwrap();
        self.command("Emulation.setEmulatedMedia", &json!({ "media": "print" })).await;
        let printed = "
            const shown = one => one.checkVisibility() && one.getBoundingClientRect().height > 1;
            return [...document.querySelectorAll('header.site nav, .skip, .crumbs, main button, .filters')].filter(shown).length;
        ";
        let printed = self.client.execute(printed, vec![]).await.unwrap();
        self.command("Emulation.setEmulatedMedia", &json!({})).await;
        let mut faults = Vec::new();
        if printed.as_i64().unwrap_or_default() > 0 {
            faults.push(format!("{at}: {printed} buttons, filters or ways to other pages are printed"));
        }
        if said[0].as_i64().unwrap_or_default() > 0 {
            faults.push(format!("{at}: {} pixels wider than the window with letters of twice the size", said[0]));
        }
        if said[1].as_i64().unwrap_or_default() > 0 {
            faults.push(format!("{at}: {} elements move for a reader who wants no motion", said[1]));
        }
        faults
    }
}
