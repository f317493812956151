/** One line on stderr that shows a long step is alive: rewritten in place on a terminal, every 10 s elsewhere. */
export function startProgress(what) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const tty = process.stderr.isTTY === true;
  process.stderr.write(`greenwave: ${what} …${tty ? "" : "\n"}`);
  const timer = setInterval(
    () => process.stderr.write(tty ? `\rgreenwave: ${what} … ${seconds()} s` : `greenwave: ${what} … ${seconds()} s\n`),
    tty ? 1000 : 10_000,
  );
  return (outcome = "done") => {
    clearInterval(timer);
    process.stderr.write(`${tty ? "\r" : ""}greenwave: ${what} … ${outcome} (${seconds()} s)\n`);
  };
}
