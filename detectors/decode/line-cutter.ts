/** Cuts text that comes in pieces into lines. Of a line without end only the newest part is kept. */

const longest_characters = 4000;

export function lineCutter(take: (line: string) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = (lines.pop() ?? "").slice(-longest_characters);
    for (const line of lines) take(line);
  };
}
