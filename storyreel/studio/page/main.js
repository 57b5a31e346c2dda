// The studio's page: hears what the studio says, and has picture, lanes and script show it.

import { Gallery } from "./gallery.js";
import { keys } from "./keys.js";
import { Lanes } from "./lanes.js";
import { listen, say } from "./link.js";
import { Over } from "./over.js";
import { Player } from "./player.js";
import { Scrub } from "./scrub.js";
import { ScriptView } from "./script.js";

const by = (id) => document.getElementById(id);
const states = new Map(); // of every piece of the film, by its key
const player = new Player(by("video"), by("curtain"));
const over = new Over(by("over"), by("onion"), by("other"));
const scrub = new Scrub();
const gallery = new Gallery(by("gallery"), copy);
let film = null;
let directed = 0;
let busy = true;
let lost = false;
let faults = 0;
let bread = 0;

const lanes = new Lanes(by("lanes"), {
  begun: () => {
    player.pause();
    scrub.begin(sound());
  },
  moved: scrubbed,
  ended: () => scrub.at(0, false),
  opened: openBeat,
});
const script = new ScriptView(by("code"), {
  gone: (line) => {
    const beat = line && film?.beats.find((one) => one.first <= line && line <= one.last);
    if (beat) player.seek(beat.start);
  },
  opened: (line) => open(script.file, line),
});

function sound() {
  return states.get(film?.sound) === "ready" ? film.sound : null;
}

function scrubbed(frame) {
  player.seek(frame);
  scrub.at(player.frame / player.rate, !player.video.muted);
}

function beatNow() {
  return film?.beats.find((one) => one.start <= player.frame && player.frame < one.end);
}

function clock(frame) {
  const seconds = frame / player.rate;
  return `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(2).padStart(5, "0")}`;
}

function moved() {
  const { frame, playing } = player;
  document.body.classList.toggle("playing", playing);
  by("now").textContent = clock(frame);
  by("frame").textContent = frame;
  if (!film) return;
  lit();
  lanes.at(frame, playing);
  over.at(frame, playing);
}

/** The beat under the playhead, and where it stands in the file as it is now. */
function lit() {
  const beat = beatNow();
  by("where").textContent = beat?.first ? `${film.file}:${script.here(beat.first)}` : "";
  by("what").textContent = beat?.summary ?? "";
  script.light(beat?.first ? beat : null);
}

function told() {
  const finest = film?.full.length ? film.full : (film?.drafts ?? []);
  const left = finest.filter(({ key }) => states.get(key) !== "ready").length;
  const [state, said] = lost
    ? ["bad", "The studio has stopped; start it again"]
    : faults
      ? ["bad", film ? "The last good picture" : "Nothing to show yet"]
      : busy || !film
        ? ["busy", "Directing…"]
        : left
          ? ["busy", `Drawing, ${finest.length - left} of ${finest.length} chunks are there`]
          : ["good", directed ? `Up to date, directed in ${directed.toFixed(2)} s` : "Up to date"];
  by("status").dataset.state = state;
  by("status").lastElementChild.textContent = said;
}

function openBeat(beat) {
  if (beat?.first) open(film.file, script.here(beat.first));
}

async function open(file, line, column = 1) {
  const answer = await say("open", { file, line, column });
  if (!answer || answer.opened) return;
  copy(answer.place);
}

/** Puts a text where it can be pasted from, and says so; where that is forbidden, shows it. */
async function copy(text) {
  const copied = await navigator.clipboard.writeText(text).then(() => true, () => false);
  toast(copied ? `Copied ${text}` : text);
  by("gallery").dataset.copied = text;
}

function toast(said) {
  by("toast").textContent = said;
  by("toast").hidden = false;
  clearTimeout(bread);
  bread = setTimeout(() => (by("toast").hidden = true), 4000);
}

/** A message as a line of the list; what is wrong leads to its place. */
function line({ level, text, file, line, column }) {
  const [item, button, place, said] = ["li", "button", "b", "span"].map((name) => document.createElement(name));
  button.className = level;
  place.textContent = line ? `${file}:${line}:${column}` : file;
  said.textContent = text;
  button.append(place, said);
  button.addEventListener("click", () => open(file, line, column));
  item.append(button);
  return item;
}

/** Mistakes lie open over the picture; warnings alone behind a word, so that they hide nothing of it. */
function messages(all) {
  const list = by("messages");
  faults = all.filter(({ level }) => level === "error").length;
  list.replaceChildren(...all.map(line));
  list.classList.toggle("folded", all.length > 0 && !faults);
  if (!all.length || faults) return;
  const [item, button] = ["li", "button"].map((name) => document.createElement(name));
  item.className = "head";
  button.className = "warning";
  button.textContent = all.length === 1 ? "1 warning" : `${all.length} warnings`;
  button.addEventListener("click", () => list.classList.toggle("folded"));
  item.append(button);
  list.prepend(item);
}

listen({
  text: (news) => {
    script.show(news);
    if (film) lit();
  },
  still: (news) => player.glimpse(news),
  withdrawn: (news) => player.withdraw(news),
  film: (news) => {
    film = news;
    for (const [key, state] of Object.entries(news.states)) if (states.get(key) !== "ready") states.set(key, state);
    busy = false;
    directed = news.seconds ?? 0;
    document.title = `${news.title} · storyreel studio`;
    by("title").textContent = news.title;
    by("facts").textContent = `${news.look} · ${news.width}×${news.height} · ${+player.rate.toFixed(3)} fps`;
    by("picture").style.setProperty("--shape", `${news.width} / ${news.height}`);
    by("picture").style.setProperty("--ratio", news.width / news.height);
    zones(Object.keys(news.zones));
    besides(news);
    script.take(news);
    over.take(news);
    lanes.take(news, states);
    player.take(news);
    by("whole").textContent = clock(news.length);
    player.has([...states].filter(([, state]) => state === "ready").map(([key]) => key));
    scrub.prepare(sound());
    moved();
    told();
  },
  chunk: ({ key, state }) => {
    states.set(key, state);
    if (state === "ready") player.has([key]);
    if (key === film?.sound) scrub.prepare(sound());
    lanes.draw();
    told();
  },
  directing: () => {
    busy = true;
    told();
  },
  messages: (news) => {
    busy = false;
    messages(news.messages);
    script.mark(news);
    told();
  },
  lost: () => {
    lost = true;
    told();
  },
  found: () => {
    lost = false;
    told();
  },
});

player.addEventListener("moved", moved);
if (!window.MediaSource?.isTypeSupported('video/mp4; codecs="avc1.640028"')) {
  toast("This browser can't play H.264: you see stills alone");
}

function zones(names) {
  const select = by("zone");
  if (select.dataset.names === names.join()) return;
  select.dataset.names = names.join();
  select.replaceChildren(...["", ...names].map((name) => new Option(name || "off", name, false, name === over.on.zone)));
  if (!names.includes(over.on.zone)) choose("");
}

function besides({ looks, formats }) {
  const select = by("beside");
  const groups = [["Look", "look", looks], ["Format", "format", formats]].map(([label, kind, names]) => {
    const group = document.createElement("optgroup");
    group.label = label;
    group.append(...names.map((name) => new Option(name, `${kind}=${encodeURIComponent(name)}`)));
    return group;
  });
  select.replaceChildren(new Option("off", ""), ...groups);
  select.value = over.on.beside;
}

function choose(zone) {
  by("zone").value = zone;
  by("zone").classList.toggle("set", Boolean(zone));
  over.set("zone", zone);
}

function pressed(id, act) {
  by(id).addEventListener("click", () => {
    const on = by(id).getAttribute("aria-pressed") !== "true";
    by(id).setAttribute("aria-pressed", on);
    act(on);
  });
}

function speed(rate, go = false) {
  player.video.playbackRate = rate;
  by("speed").value = String(rate);
  if (go) player.play(rate);
}

const wide = () => (document.fullscreenElement ? document.exitFullscreen() : by("stage").requestFullscreen());
for (const name of ["captions", "hands", "bones", "skins"]) pressed(name, (on) => over.set(name, on));
pressed("loop", (on) => (player.loop = on));
pressed("mute", (on) => (player.video.muted = on));
by("zone").addEventListener("change", ({ target }) => choose(target.value));
by("beside").addEventListener("change", ({ target }) => {
  target.classList.toggle("set", Boolean(target.value));
  over.set("beside", target.value);
});
by("speed").addEventListener("change", ({ target }) => speed(Number(target.value)));
by("play").addEventListener("click", () => player.toggle());
by("wide").addEventListener("click", wide);
by("edit").addEventListener("click", () => edit());
by("shelves").addEventListener("click", () => gallery.toggle());
for (const [id, frames] of [["first", -Infinity], ["back", -1], ["on", 1], ["last", Infinity]]) {
  by(id).addEventListener("click", () => {
    player.pause();
    scrub.begin(sound());
    scrubbed(player.frame + frames);
  });
}

function edit() {
  openBeat(beatNow());
}

keys(player, {
  scrubbed: (frame) => {
    scrub.begin(sound());
    scrubbed(frame);
  },
  beat: (way) => {
    const starts = film?.beats.map(({ start }) => start) ?? [];
    const there = way < 0 ? starts.filter((start) => start < player.frame).at(-1) : starts.find((start) => start > player.frame);
    player.pause();
    if (there !== undefined) player.seek(there);
  },
  speed,
  edit,
  wide,
  press: (id) => by(id).click(),
  gallery: () => gallery.toggle(),
  zone: () => {
    const names = [...by("zone").options].map(({ value }) => value);
    choose(names[(names.indexOf(over.on.zone) + 1) % names.length]);
  },
});

// For tests, and for whoever looks for what went wrong.
window.studio = { player, states, get film() { return film; } };
