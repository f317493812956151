/** One set-up at a time: `npm start` and `npm test` in two terminals must not install over each other. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

function tryTake(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  try {
    const holder = Number(readFileSync(file, "utf8"));
    if (holder > 0 && !alive(holder)) rmSync(file, { force: true });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return false;
}

export async function withSetUpLock(folder, work) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "setup.lock");
  for (let told = false; !tryTake(file); told = true) {
    if (!told) process.stderr.write("greenwave: waiting for another set-up in this folder to finish\n");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
