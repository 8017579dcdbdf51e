// The page of the desk: one sentence, a row of words, and what one does with them.

const $ = (id) => document.getElementById(id);
const place = { order: [], at: 0 }; // where we are
let sentence = null; // as the server tells it
let chosen = {}; // form and gloss of words that were chosen or typed, by their position
let focused = 0;
let editing = null;
let busy = false;
let accepted = 0; // sentences since the order was asked for

class Refused extends Error {}

async function ask(what, asked = {}) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(what, { method: "POST", headers, body: JSON.stringify(asked) }).catch(() => {
    throw new Refused("The desk does not answer. Start it again: all that it has accepted is in its journal.");
  });
  const content = await answer.json();
  if (!answer.ok) throw Object.assign(new Refused(content.error), { changed: answer.status === 409 });
  return content;
}

function tell(error) {
  if (!(error instanceof Refused)) throw error;
  $("trouble").querySelector("p").textContent = error.message;
  [$("reread").hidden, $("trouble").hidden] = [!error.changed, false];
}

// Do one thing at a time: what is pressed meanwhile must not be about what is not yet seen.
async function attempt(work) {
  if (busy) return;
  [busy, $("trouble").hidden, $("main").ariaBusy] = [true, true, true];
  await work()?.catch?.(tell);
  [busy, $("main").ariaBusy] = [false, false];
}

const say = (text) => ($("said").textContent = text);

function make(tag, parts, attributes = {}) {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => value === null || element.setAttribute(name, value));
  element.append(...[parts].flat());
  return element;
}

function showState(state) {
  document.title = `${state.file} · Desk`;
  $("file").textContent = state.file;
  $("bar").max = Math.max(1, state.sentences);
  $("bar").value = state.done;
  const unfit = state.unfit ? `, ${state.unfit} more whose lines have different words` : "";
  $("count").textContent = `${state.done} of ${state.sentences} sentences${unfit}`;
  $("kept").textContent = state.unsaved
    ? `${state.unsaved} accepted, kept in the journal, not yet in the file`
    : "all that is accepted is in the file";
  if (!state.knows) say("Nothing is glossed yet, so nothing can be suggested: press e to gloss a word.");
  if (state.told) say(state.told);
}

const percent = (share) => (share === null ? "" : `${Math.round(100 * share)} %`);
const best = (at) => chosen[at] ?? sentence.words[at].options[0];
const isOpen = (at) => !sentence.words[at].done;

function mark(at) {
  if (sentence.words[at].done && !chosen[at]) return ["✓", "done", "accepted"];
  if (chosen[at]) return ["✎", "chosen", "chosen, not accepted"];
  const share = best(at).probability;
  if (share === null) return ["–", "doubtful", "not suggested"];
  const doubt = share < 0.5 ? "doubtful" : share < 0.8 ? "unsure" : share < 0.95 ? "likely" : "sure";
  return [percent(share) + (share < 0.5 ? " ?" : ""), doubt, "suggested"];
}

function cell(word, at) {
  const text = { lang: sentence.language };
  const [shown, kind, spoken] = mark(at);
  const pairs = best(at).morphemes.map(([form, gloss]) =>
    make("span", [make("bdi", form, { class: "form", ...text }), " ", make("bdi", gloss, { class: "gloss" })]));
  const button = make("button", [
    make("span", word.surface, { class: "surface", ...text }), " ",
    make("span", pairs, { class: "morphemes" }), " ",
    make("span", [shown, make("span", ` ${spoken}`, { class: "heard" })], { class: "share", dir: "ltr" }),
  ], { type: "button", class: kind, tabindex: at === focused ? 0 : -1, "data-at": at });
  button.onfocus = () => focusOn(at);
  button.ondblclick = edit;
  return make("li", button);
}

function show() {
  [sentence.language] = Intl.getCanonicalLocales(sentence.language); // tr for tur
  $("place").textContent = `${place.at + 1} of ${place.order.length}${sentence.place && ` · ${sentence.place}`}`;
  $("text").textContent = sentence.transcription;
  $("text").lang = sentence.language;
  $("translation").textContent = sentence.translation ? `‘${sentence.translation}’` : "";
  $("words").replaceChildren(...sentence.words.map(cell));
  showFocus();
}

function showFocus() {
  const word = sentence.words[focused];
  $("focus").hidden = false;
  $("focus").querySelector("h2").textContent = word.surface;
  $("focus").querySelector("ol").replaceChildren(...word.options.map((option, n) => {
    const same = best(focused).form === option.form && best(focused).gloss === option.gloss;
    const lines = [make("kbd", `${n + 1}`), " ", make("bdi", option.form, { lang: sentence.language, class: "form" }),
      " ", make("bdi", option.gloss), ` ${percent(option.probability)}`];
    const button = make("button", lines, { type: "button", "aria-pressed": same });
    button.onclick = () => { choose(n); focusWord(); };
    return make("li", [button, make("small", option.evidence.join(" · "), { dir: "auto" })]);
  }));
}

function focusOn(at) {
  if (editing && editing.at !== at) return leaveEdit(at);
  focused = at;
  document.querySelectorAll("#words button").forEach((each) => (each.tabIndex = +each.dataset.at === at ? 0 : -1));
  showFocus();
}

const focusWord = (at = focused) => document.querySelector(`#words [data-at="${at}"]`)?.focus();
const places = () => [...sentence.words.keys()];
const step = (by) => focusWord(Math.min(sentence.words.length - 1, Math.max(0, focused + by)));

function choose(n) {
  const option = sentence.words[focused].options[n];
  if (!option) return;
  chosen[focused] = option;
  show();
  say(`${option.form} ${option.gloss}`);
}

// Show a sentence, with the focus on its first open word.
async function open(number) {
  sentence = await ask("sentence", { number });
  [chosen, editing] = [{}, null];
  location.replace(`#${number}`);
  focused = places().find(isOpen) ?? 0;
  show();
  focusWord();
}

async function turn(by) {
  if (by > 0 && $("order").value === "doubt" && accepted >= 10) return reorder();
  const at = place.at + by;
  if (at < 0 || at >= place.order.length) return say(by > 0 ? "That was the last sentence." : "This is the first sentence.");
  place.at = at;
  await open(place.order[at]);
}

async function reorder(number = null) {
  say("looking through the sentences …");
  const { order } = await ask("order", { by: $("order").value });
  accepted = 0;
  say("");
  Object.assign(place, { order, at: Math.max(0, order.indexOf(number)) });
  if (order.length) await open(order[place.at]);
  else say("There is no sentence to gloss.");
}

async function send(sent) {
  const words = sent.map((at) => ({ at, form: best(at).form, gloss: best(at).gloss }));
  const answer = await ask("accept", { number: sentence.number, words });
  sent.forEach((at) => delete chosen[at]);
  [sentence, editing] = [answer.sentence, null];
  show();
  showState(answer.state);
  say(answer.state.told || `${sentence.done ? "the sentence" : best(sent[0]).form} is accepted`);
}

// Accept the word in focus, or all; go to the next open one, or to the next sentence.
async function accept(all) {
  if (!(await isWhole())) return;
  await send(all ? places() : [focused]);
  const open = places().filter(isOpen);
  if (open.length) return focusWord(open.find((at) => at > focused) ?? open[0]);
  accepted += 1;
  await turn(1);
}

function edit() {
  const at = focused;
  const { surface } = sentence.words[at];
  const field = (name) => make("input", [], {
    value: best(at)[name], "aria-label": `${name} of ${surface}`, "aria-describedby": "problem", spellcheck: "false",
    autocapitalize: "off", autocomplete: "off", dir: "auto", lang: name === "form" ? sentence.language : null, size: 8,
  });
  const [form, gloss] = [field("form"), field("gloss")];
  const problem = make("span", "", { id: "problem", role: "status" });
  const item = document.querySelector(`#words [data-at="${at}"]`).parentElement;
  item.replaceChildren(make("form", [make("span", surface, { class: "surface" }), form, gloss, problem]));
  editing = { at, latest: 0 };
  const check = async () => {
    const mine = (editing.latest += 1);
    const typed = { form: form.value, gloss: gloss.value };
    const found = await ask("check", { ...typed, number: sentence.number });
    if (mine !== editing?.latest) return;
    if (found.problem) delete chosen[at];
    else chosen[at] = { ...typed, morphemes: found.morphemes };
    editing.problem = found.problem;
    problem.textContent = found.problem ?? ["pairs up", ...found.remarks].join("; ");
    problem.className = found.problem ? "wrong" : found.remarks.length ? "" : "right";
    [form, gloss].forEach((each) => each.setAttribute("aria-invalid", Boolean(found.problem)));
  };
  item.oninput = () => (editing.checked = check().catch(tell));
  form.parentElement.onsubmit = (event) => event.preventDefault();
  item.oninput();
  form.select();
}

function leaveEdit(at = editing.at) {
  delete chosen[editing.at];
  [editing, focused] = [null, at];
  show();
  focusWord();
}

// Whether what is typed can be accepted; else it says why.
async function isWhole() {
  await editing?.checked;
  if (editing?.problem) say(editing.problem);
  return !editing?.problem;
}

function onKey(event) {
  if (event.altKey || event.metaKey || event.ctrlKey || !event.target.closest("#words")) return;
  const forward = getComputedStyle($("words")).direction === "rtl" ? -1 : 1;
  const keys = editing ? { Escape: () => leaveEdit() } : {
    ArrowRight: () => step(forward), ArrowLeft: () => step(-forward), e: edit, n: () => turn(1), p: () => turn(-1),
    Home: () => step(-sentence.words.length), End: () => step(sentence.words.length),
  };
  keys.Enter = () => accept(event.shiftKey);
  if (!editing) for (let n = 1; n <= 9; n += 1) keys[n] = () => { choose(n - 1); focusWord(); };
  if (!(event.key in keys) || (event.repeat && event.key === "Enter")) return;
  event.preventDefault();
  attempt(keys[event.key]);
}

async function save(what = "save") {
  const answer = await ask(what);
  showState(answer.state);
  say(answer.said);
  if (what === "leave") $("main").replaceChildren(make("p", `${answer.said}. You can close this page.`));
}

const click = (id, work) => ($(id).onclick = () => attempt(work));
$("save").onclick = () => save().catch(tell);
click("leave", () => save("leave"));
click("reread", async () => { showState(await ask("reread")); await reorder(sentence?.number); });
click("accept", () => accept(false));
click("all", () => accept(true));
click("next", () => turn(1));
click("previous", () => turn(-1));
click("edit", edit);
$("order").onchange = () => attempt(() => reorder());
document.onkeydown = (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return onKey(event);
  event.preventDefault();
  save().catch(tell);
};
addEventListener("pagehide", () => navigator.sendBeacon("save", new Blob(["{}"], { type: "application/json" })));
attempt(async () => {
  showState(await ask("state"));
  const told = $("said").textContent;
  await reorder(Number(location.hash.slice(1)));
  if (told) say(told);
});
