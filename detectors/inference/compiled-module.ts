/** Small programs in WebAssembly that stand in the code as text, and their memory. */

/** What is used of WebAssembly, which `@types/node` does not declare. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

const page_bytes = 65_536;
/** Where vectors may begin: a line of the processor's cache. */
const line_bytes = 64;

export interface CompiledMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** Compiled once, when it is first wanted; each call gives an instance with a memory of its own. `text`: base64. */
export function compiledModule<Exports extends { readonly memory: CompiledMemory }>(text: string): () => Exports {
  let module: object | undefined;
  return () => {
    module ??= new WebAssembly.Module(Buffer.from(text, "base64"));
    return new WebAssembly.Instance(module).exports as Exports;
  };
}

/** The addresses of pieces of these lengths, one behind the other in this order, in a memory that is made as large as they need. */
export function laidOut<Piece extends string>(
  memory: CompiledMemory,
  lengths_bytes: Readonly<Record<Piece, number>>,
): Readonly<Record<Piece, number>> {
  const addresses: Record<Piece, number> = { ...lengths_bytes };
  let end = 0;
  for (const piece of Object.keys(lengths_bytes) as Piece[]) {
    addresses[piece] = end;
    end = Math.ceil((end + lengths_bytes[piece]) / line_bytes) * line_bytes;
  }
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / page_bytes));
  return addresses;
}
