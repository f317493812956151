/** A child process that is told one thing and answers one. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** `name`: of a compiled file beside this one. */
export function oneAnswer<T>(name: string, told: object | number): Promise<T> {
  const file = fileURLToPath(new URL(`./${name}.child.js`, import.meta.url));
  const child = fork(file, [], { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  return new Promise((resolve, reject) => {
    child.once("message", (answer) => resolve(answer as T));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${name} ended with code ${code}`)));
    child.send(told);
  });
}
