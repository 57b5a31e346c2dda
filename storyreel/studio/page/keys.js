// The keys that editors of films know.

const SPEEDS = [1, 2, 4];

/** `acts` by name: what the keys do beside moving the playhead of `player`. */
export function keys(player, acts) {
  const faster = (now) => SPEEDS.find((speed) => speed > now) ?? SPEEDS.at(-1);
  const step = (frames) => {
    player.pause();
    acts.scrubbed(player.frame + frames);
  };
  const second = () => Math.round(player.rate);
  const own = {
    " ": () => player.toggle(),
    ArrowLeft: ({ shiftKey }) => step(shiftKey ? -second() : -1),
    ArrowRight: ({ shiftKey }) => step(shiftKey ? second() : 1),
    ArrowUp: () => acts.beat(-1),
    ArrowDown: () => acts.beat(1),
    Home: () => step(-Infinity),
    End: () => step(Infinity),
    j: () => player.reverse(player.backwards ? faster(player.backwards) : 1),
    k: () => player.pause(),
    l: () => acts.speed(player.playing && !player.backwards ? faster(player.video.playbackRate) : 1, true),
    e: () => acts.edit(),
    f: () => acts.wide(),
    m: () => acts.press("mute"),
    r: () => acts.press("loop"),
    g: () => acts.gallery(),
    z: () => acts.zone(),
    c: () => acts.press("captions"),
    h: () => acts.press("hands"),
    b: () => acts.press("bones"),
    o: () => acts.press("skins"),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input")) return;
    const act = own[event.key] ?? own[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act(event);
  });
}
