// What makes the pages quicker; without it every one of them works as it is.
"use strict";

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (e) => {
  if (e.defaultPrevented) return;
  if (e.target.method === "post") {
    if (e.target.dataset.sent) e.preventDefault();
    e.target.dataset.sent = "1";
    if (e.submitter) e.submitter.setAttribute("aria-busy", "true");
  }
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
});

// A region with data-live is looked for again in the page of that address, until it comes back without it.
(() => {
  const watch = (region) => {
    const every = 1000 * Number(region.dataset.every || 5);
    let failures = 0;
    const look = async () => {
      if (!document.hidden && !region.hidden && !region.contains(document.activeElement)) {
        try {
          const answer = await fetch(region.dataset.live, { headers: { Accept: "text/html" } });
          const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(region.id);
          if (!fresh) return;
          failures = 0;
          if (fresh.innerHTML !== region.innerHTML) region.innerHTML = fresh.innerHTML;
          if (!fresh.dataset.live) return;
        } catch { failures += 1; }
      }
      if (failures < 20) setTimeout(look, every * (1 + failures));
    };
    setTimeout(look, every);
  };
  document.querySelectorAll("[data-live]").forEach(watch);
})();

// Uploads one file after the other with its progress, and takes files that are dropped.
(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const input = form.querySelector("input[type=file]"), zone = form.querySelector(".drop");
  const list = document.getElementById("uploads"), words = list.dataset;
  const whole = document.getElementById("whole");
  const counts = { all: 0, over: 0, taken: 0, known: 0, failed: 0 };
  let queue = Promise.resolve();

  const tell = () => {
    whole.hidden = false;
    const said = whole.dataset.says;
    whole.textContent = said.replace(/\{(\w+)\}/g, (_, name) => counts[name]);
  };
  const send = (file) => new Promise((over) => {
    const item = document.createElement("li"), name = document.createElement("span");
    const bar = document.createElement("progress"), said = document.createElement("span");
    name.className = "name"; name.textContent = file.name;
    said.className = "said"; said.textContent = words.waiting;
    bar.max = 100; bar.value = 0; bar.setAttribute("aria-label", file.name);
    item.append(name, bar, said); list.append(item);
    counts.all += 1; tell();
    const ended = (state, text, link) => {
      item.className = state; bar.remove(); said.textContent = text;
      if (link) { const a = document.createElement("a"); a.href = link.href; a.textContent = link.text; said.append(" ", a); }
      counts.over += 1; counts[state] += 1; tell(); over();
    };
    queue = queue.then(() => new Promise((next) => {
      const request = new XMLHttpRequest(), body = new FormData();
      body.append("files", file);
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRF-Token", form.elements.csrf.value);
      said.textContent = words.sending;
      request.upload.onprogress = (e) => {
        if (!e.lengthComputable) return;
        bar.value = 100 * e.loaded / e.total;
        said.textContent = e.loaded < e.total ? words.sending + " " + Math.round(bar.value) + "%" : words.reading;
      };
      request.upload.onload = () => { bar.removeAttribute("value"); said.textContent = words.reading; };
      request.onload = () => {
        let told = {};
        try { told = JSON.parse(request.responseText); } catch { /* said below */ }
        const one = (told.files || [])[0];
        if (request.status === 401) ended("failed", words.login, { href: "/login?next=/upload", text: words.again });
        else if (!one) ended("failed", told.detail || told.title || words.failed);
        else if (one.state === "quarantined") ended("failed", words.quarantined + one.problem);
        else if (one.state === "known") ended("known", words.known, { href: "/sources/" + one.sha256, text: words.see });
        else ended("taken", words.taken.replace("{n}", one.facts).replace("{d}", one.documents.length), { href: "/sources/" + one.sha256, text: words.see });
        next();
      };
      request.onerror = () => { ended("failed", words.failed); next(); };
      request.send(body);
    }));
  });
  const all = (files) => {
    if (!files.length) return;
    Promise.all([...files].map(send)).then(() => { document.getElementById("after").hidden = false; document.getElementById("now").hidden = false; });
  };

  form.addEventListener("submit", (e) => { e.preventDefault(); all(input.files); input.value = ""; }, { capture: true });
  input.addEventListener("change", () => { all(input.files); input.value = ""; });
  for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (e) => { e.preventDefault(); zone.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, (e) => { e.preventDefault(); zone.classList.remove("over"); });
  zone.addEventListener("drop", (e) => all(e.dataTransfer.files));
  addEventListener("beforeunload", (e) => { if (counts.over < counts.all) e.preventDefault(); });
})();

// Words chosen in a source's text can be made a fact: where they stand is counted in characters from its beginning.
(() => {
  const link = document.getElementById("picked"), text = document.getElementById("text");
  if (!link || !text) return;
  const before = (node, offset) => {
    const range = document.createRange();
    range.setStart(text, 0); range.setEnd(node, offset);
    return [...range.cloneContents().textContent].length;
  };
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    const inside = chosen.rangeCount && !chosen.isCollapsed && text.contains(chosen.anchorNode) && text.contains(chosen.focusNode);
    if (!inside) { link.hidden = true; return; }
    const range = chosen.getRangeAt(0);
    const words = range.toString();
    const start = before(range.startContainer, range.startOffset) + [...words].length - [...words.trimStart()].length;
    const length = [...words.trim()].length;
    link.hidden = !length || length > 60;
    link.href = link.dataset.add + "?at=" + start + "-" + (start + length);
  });
})();
