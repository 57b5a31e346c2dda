// The sound under the playhead while it is dragged: a grain of the film's sound for every frame, the newest alone.

const GRAIN = 0.07; // seconds

export class Scrub {
  #context = null;
  #sound = null;
  #key = null;
  #grain = null;

  /** Gets the sound ready that grains are taken from. */
  async prepare(key) {
    if (!key || key === this.#key || !this.#context) return;
    this.#key = key;
    const answer = await fetch(`sound/${key}?whole`).catch(() => null);
    if (!answer?.ok) {
      this.#key = null;
      return;
    }
    const sound = await this.#context.decodeAudioData(await answer.arrayBuffer());
    if (key === this.#key) this.#sound = sound;
  }

  /** Sounds may be made only once somebody has touched the page. */
  begin(key) {
    this.#context ??= new AudioContext();
    this.#context.resume();
    this.prepare(key);
  }

  at(seconds, loud) {
    this.#grain?.stop();
    this.#grain = null;
    if (!this.#sound || !loud || seconds >= this.#sound.duration) return;
    const { currentTime: now } = this.#context;
    const [grain, gain] = [this.#context.createBufferSource(), this.#context.createGain()];
    grain.buffer = this.#sound;
    grain.connect(gain).connect(this.#context.destination);
    gain.gain.setValueAtTime(0, now);
    gain.gain.linearRampToValueAtTime(1, now + 0.008);
    gain.gain.setValueAtTime(1, now + GRAIN - 0.015);
    gain.gain.linearRampToValueAtTime(0, now + GRAIN);
    grain.start(now, Math.max(seconds, 0), GRAIN);
    this.#grain = grain;
  }
}
