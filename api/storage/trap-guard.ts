/**
 * Turns the death of the WebAssembly engine into an error. PGlite 0.5.16 loops over `_PostgresMainLoopOnce` and takes
 * every exception for PostgreSQL's own long jump; after a PANIC or a trap the module throws each time and the loop
 * never ends, which freezes the whole process. (Seen with a full disk while a write-ahead segment was being made.)
 */

/** The part of PGlite's module that runs the engine. */
interface EngineModule {
  _PostgresMainLoopOnce(): void;
  _PostgresSendReadyForQueryIfNecessary(): void;
  _pgl_pq_flush(): void;
  stackRestore(pointer: number): void;
}

/** Emscripten's way out; always throws. */
interface EngineExit {
  _emscripten_force_exit(status: number): never;
}

/** What Emscripten throws for `siglongjmp` out of the main loop: an ordinary SQL error, the engine lives. */
const POSTGRES_LONG_JUMP = 100;

/** After a trap every later call throws at once, and `onDeath` has been told. */
export function guardAgainstTraps(engine: object, onDeath: (error: unknown) => void): void {
  const { mod } = engine as { mod: EngineModule };
  const runOnce = mod._PostgresMainLoopOnce;
  mod._PostgresMainLoopOnce = () => {
    try {
      runOnce();
    } catch (error) {
      if ((error as { status?: unknown }).status !== POSTGRES_LONG_JUMP) {
        const dead = () => {
          throw error;
        };
        Object.assign(mod, {
          _PostgresMainLoopOnce: dead,
          _PostgresSendReadyForQueryIfNecessary: dead,
          _pgl_pq_flush: dead,
          stackRestore: dead,
        } satisfies EngineModule);
        onDeath(error);
      }
      throw error;
    }
  };
}

/**
 * Ends an engine that failed to open. PostgreSQL's timer for the progress of a recovery would go on for ever and keep
 * the process alive.
 */
export function endEngine(engine: object): void {
  const { mod } = engine as { mod?: EngineExit };
  try {
    mod?._emscripten_force_exit(1);
  } catch (error) {
    if ((error as Error).name !== "ExitStatus") throw error;
  }
}
