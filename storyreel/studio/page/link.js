// What the studio says, what it is told, and the pieces of the film that it gives.

const MOST = 200e6; // bytes of pieces that are kept at hand

/** Hears what happens; `handlers` by the type of what is told, and `lost` and `found` for the studio itself. */
export function listen(handlers) {
  const source = new EventSource("events");
  source.onmessage = ({ data }) => {
    const told = JSON.parse(data);
    handlers[told.type]?.(told);
  };
  source.onopen = () => handlers.found();
  source.onerror = () => handlers.lost();
}

export async function say(what, said) {
  const answer = await fetch(what, { method: "POST", body: JSON.stringify(said) }).catch(() => null);
  return answer?.headers.get("content-type")?.includes("json") ? answer.json() : null;
}

/** Pieces by their addresses; what was used last is kept. */
export class Pieces {
  #kept = new Map();
  #size = 0;

  /** A piece, or null where there is none. */
  async get(address) {
    let piece = this.#kept.get(address);
    if (piece) {
      this.#kept.delete(address);
    } else {
      const answer = await fetch(address).catch(() => null);
      if (!answer?.ok) return null;
      piece = await answer.arrayBuffer();
      this.#size += piece.byteLength;
    }
    this.#kept.set(address, piece);
    for (const [old, data] of this.#kept) {
      if (this.#size <= MOST || old === address) break;
      this.#kept.delete(old);
      this.#size -= data.byteLength;
    }
    return piece;
  }
}

/** Asks for one thing at a time; of what is wanted meanwhile only the newest is asked for next. */
export class Newest {
  #busy = false;
  #next = null;

  constructor(ask) {
    this.ask = ask;
  }

  async want(...what) {
    this.#next = what;
    if (this.#busy) return;
    this.#busy = true;
    while (this.#next) {
      const now = this.#next;
      this.#next = null;
      await this.ask(...now);
    }
    this.#busy = false;
  }
}
