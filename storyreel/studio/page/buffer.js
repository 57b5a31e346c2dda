// The film's chunks in the browser's media buffer: each in its place, replaced when a save has changed it.

const AHEAD = 90; // seconds of pictures on either side of the playhead that are held
const PRIMING = 1024 / 48000; // seconds of silence that the sound begins with, cut off here

/** Which codec a fragment is in, by its own header. */
function codec(fragment) {
  const head = new Uint8Array(fragment, 0, Math.min(fragment.byteLength, 4096));
  for (let at = 0; at + 8 < head.length; at++) {
    if (head[at] === 0x61 && head[at + 1] === 0x76 && head[at + 2] === 0x63 && head[at + 3] === 0x43) {
      const hex = [...head.slice(at + 5, at + 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      return `video/mp4; codecs="avc1.${hex}"`;
    }
  }
  throw new Error("a chunk without a codec");
}

export class Buffer {
  #pictures = null;
  #sound = null;
  #kind = 'video/mp4; codecs="avc1.640028"';
  #have = new Map(); // by its first frame: the chunk that lies there
  #heard = { key: null, end: 0 };
  #busy = false;
  #again = false;
  #film = null;

  /**
   * @param pieces where fragments come from
   * @param playhead gives the film frame that is looked at
   * @param changed is told of a chunk that lies in its place now
   */
  constructor(video, pieces, playhead, changed) {
    Object.assign(this, { video, pieces, playhead, changed, ready: new Set() });
    this.source = new MediaSource();
    video.src = URL.createObjectURL(this.source);
    this.source.addEventListener("sourceopen", () => {
      if (this.#pictures || !MediaSource.isTypeSupported(this.#kind)) return;
      this.#pictures = this.source.addSourceBuffer(this.#kind);
      this.#sound = this.source.addSourceBuffer('audio/mp4; codecs="mp4a.40.2"');
      this.fill();
    });
  }

  seconds(frame) {
    return frame / this.#film.rate;
  }

  /** Another version of the film: what of it is there already stays. */
  take(film) {
    this.#film = film;
    this.#film.rank = new Map(film.drafts.map((draft, index) => [draft.start, { draft, full: film.full[index] }]));
    return this.fill();
  }

  /** The chunk of the present film that lies where a frame is, if it does. */
  at(frame) {
    for (const chunk of this.#have.values()) {
      if (chunk.start <= frame && frame < chunk.end) return this.#wanted(chunk) ? chunk : null;
    }
    return null;
  }

  #wanted({ start, end, key }) {
    const pair = this.#film.rank.get(start);
    return pair && pair.draft.end === end && (pair.draft.key === key || pair.full?.key === key);
  }

  /** Does what there is to do, one thing after the other, and begins anew when something has changed meanwhile. */
  async fill() {
    this.#again = true;
    if (this.#busy || !this.#film || !this.#pictures) return;
    this.#busy = true;
    while (this.#again) {
      this.#again = false;
      while (await this.#step());
    }
    this.#busy = false;
    this.#end();
  }

  /** Once the film's end is there, says that nothing comes after it: else a browser stops shortly before. */
  #end() {
    const last = this.#film.drafts.at(-1);
    const whole = this.at(last.start) && this.#heard.end >= this.seconds(this.#film.length) - 0.01;
    if (whole && this.source.readyState === "open") this.source.endOfStream();
  }

  async #step() {
    const film = this.#film;
    const stale = [...this.#have.values()].find((chunk) => !this.#wanted(chunk) || this.#far(chunk));
    if (stale) {
      this.#have.delete(stale.start);
      await this.#removed(this.#pictures, this.seconds(stale.start), this.seconds(stale.end));
      return true;
    }
    const length = this.seconds(film.length);
    if (!(Math.abs(this.source.duration - length) < 1e-4)) {
      await this.#lasts(length);
      return true;
    }
    return (await this.#picture(film)) || (await this.#hear(film, length));
  }

  #far({ start, end }) {
    const here = this.playhead();
    return this.seconds(start - here) > AHEAD + 10 || this.seconds(here - end) > AHEAD + 10;
  }

  /** Puts the chunk in its place that is nearest the playhead, of those that lack or could be finer. */
  async #picture(film) {
    const here = this.playhead();
    const near = (start, end) => (end <= here ? 1e9 + start : Math.max(start - here, -1));
    let best = null;
    for (const [start, { draft, full }] of film.rank) {
      const chunk = full && this.ready.has(full.key) ? full : this.ready.has(draft.key) ? draft : null;
      if (!chunk || this.#have.get(start)?.key === chunk.key || this.#far(chunk)) continue;
      if (!best || near(start, chunk.end) < near(best.start, best.end)) best = chunk;
    }
    if (!best) return false;
    const fragment = await this.pieces.get(`chunk/${best.key}`);
    if (!fragment) this.ready.delete(best.key);
    if (!fragment || film !== this.#film) return true;
    const kind = codec(fragment);
    if (kind !== this.#kind) this.#pictures.changeType((this.#kind = kind));
    this.#pictures.timestampOffset = this.seconds(best.start);
    await this.#done(this.#pictures, () => this.#pictures.appendBuffer(fragment));
    this.#have.set(best.start, best);
    this.changed(best);
    return true;
  }

  /** Lays the sound under the film; where there is none yet, silence, as a film without sound would stand still. */
  async #hear(film, length) {
    const whole = this.ready.has(film.sound);
    if (whole ? this.#heard.key === film.sound : this.#heard.end >= length - 0.01) return false;
    const fragment = await this.pieces.get(whole ? `sound/${film.sound}` : "silence");
    if (!fragment) this.ready.delete(film.sound);
    if (!fragment || film !== this.#film) return Boolean(fragment);
    const from = whole ? 0 : this.#heard.end;
    if (whole && this.#sound.buffered.length) await this.#removed(this.#sound, 0, Infinity);
    this.#sound.appendWindowEnd = Infinity;
    this.#sound.appendWindowStart = from;
    this.#sound.appendWindowEnd = length;
    this.#sound.timestampOffset = from - PRIMING;
    await this.#done(this.#sound, () => this.#sound.appendBuffer(fragment));
    const { buffered } = this.#sound;
    const end = buffered.length ? buffered.end(buffered.length - 1) : 0;
    this.#heard = { key: whole ? film.sound : this.#heard.key, end: whole || end <= from ? length : end };
    return true;
  }

  async #lasts(length) {
    for (const buffer of [this.#pictures, this.#sound]) {
      const { buffered } = buffer;
      if (buffered.length && buffered.end(buffered.length - 1) > length) await this.#removed(buffer, length, Infinity);
    }
    this.#heard.end = Math.min(this.#heard.end, length);
    // What has ended is opened again by the next thing that is done to it.
    this.#pictures.timestampOffset = 0;
    this.source.duration = length;
  }

  #removed(buffer, start, end) {
    return this.#done(buffer, () => buffer.remove(start, end));
  }

  #done(buffer, act) {
    return new Promise((resolve) => {
      buffer.addEventListener("updateend", resolve, { once: true });
      act();
    });
  }
}
