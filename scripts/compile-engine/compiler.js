/**
 * Compiles the methods by which a step is driven, from the engine's own classes, to WebAssembly text. Whole numbers become
 * i32 and others f64, found by what is assigned to what; small functions are copied into their callers.
 */
import ts from "typescript";
import { asType, Expressions, isNumber, number } from "./expressions.js";
import { fail, Parts } from "./parts.js";
import { Statements } from "./statements.js";

/** Nodes of the syntax tree: larger functions are called; and how deep copies go. */
const copiedNodes = 500;
const deepest = 12;

function sizeOf(node) {
  let size = 1;
  ts.forEachChild(node, (child) => {
    size += sizeOf(child);
  });
  return size;
}

/** Of a function that is nothing but that. */
function onlyExpression(body) {
  if (!ts.isBlock(body)) return body;
  const [first] = body.statements;
  return body.statements.length === 1 && ts.isReturnStatement(first) ? (first.expression ?? null) : null;
}

export class Compiler {
  /** What is an f64: variables, parameters, fields, and functions for what they return. */
  #wide = new Set();
  #changed = false;
  #functions = new Map();
  #names = 0;
  #sizes = new Map();
  /** Methods by their object's path and name that are left to JavaScript: by key, the import's name. */
  imports = new Map();
  #outside;

  /** `absent`: fields that are null in what is compiled; `outside`: methods that stay JavaScript. */
  constructor(checker, absent, outside) {
    this.checker = checker;
    this.parts = new Parts(checker, absent);
    this.#outside = outside;
    this.expressions = new Expressions(this);
    this.statements = new Statements(this, this.expressions);
  }

  typeOf(declaration) {
    return this.#wide.has(declaration) ? "f64" : "i32";
  }

  /** The value's code as the type of what it goes to, which it may widen. */
  fitted(declaration, value) {
    if (value.t === "f64" && !this.#wide.has(declaration)) {
      this.#wide.add(declaration);
      this.#changed = true;
    }
    return asType(value, this.typeOf(declaration), declaration);
  }

  local(declaration, scope) {
    const text = declaration.name?.getText() ?? "x";
    this.#names += 1;
    const name = `$${text.replaceAll(/\W/g, "_")}_${this.#names}`;
    scope.frame.locals.push({ name, declaration });
    return { t: "local", name, declaration };
  }

  /** A value that is read twice. */
  kept(value, type, scope, node) {
    this.#names += 1;
    const name = `$kept_${this.#names}`;
    scope.frame.locals.push({ name, type });
    return { set: `(local.tee ${name} ${asType(value, type, node)})`, get: `(local.get ${name})` };
  }

  call(declaration, object, args, node, scope) {
    if (declaration?.body === undefined) fail(node, "nothing to call");
    const given = args.map((argument) => this.expressions.of(argument, scope));
    return this.callWith(declaration, object, given, scope);
  }

  callWith(declaration, object, given, scope) {
    const name = declaration.name?.getText() ?? declaration.parent.name.getText();
    const key = `${object?.path ?? ""}.${name}`;
    if (this.#outside.has(key)) return this.#import(key);
    const returned = this.#objectOf(declaration, object, scope);
    if (returned !== null) return returned;
    const values = declaration.parameters.map(
      (parameter, at) => given[at] ?? this.expressions.of(parameter.initializer, scope),
    );
    if (scope.depth < deepest && this.#isSmall(declaration) && !scope.inside.includes(declaration))
      return this.#copy(declaration, object, values, scope);
    return this.#invoke(declaration, object, values, key);
  }

  #import(key) {
    if (!this.imports.has(key)) this.imports.set(key, `$outside${this.imports.size}`);
    return { t: "void", code: `(call ${this.imports.get(key)})` };
  }

  #isSmall(declaration) {
    let size = this.#sizes.get(declaration);
    if (size === undefined) {
      size = sizeOf(declaration.body);
      this.#sizes.set(declaration, size);
    }
    return size <= copiedNodes;
  }

  /** What a function returns where that is an object: it is always the same one. */
  #objectOf(declaration, object, scope) {
    const signature = this.checker.getSignatureFromDeclaration(declaration);
    const type = this.checker.getReturnTypeOfSignature(signature);
    if (type.flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike | ts.TypeFlags.Void)) return null;
    const returned = declaration.body.statements?.at(-1)?.expression ?? declaration.body;
    return this.expressions.of(returned, { ...scope, self: object, bound: new Map() });
  }

  #isVoid(declaration) {
    const signature = this.checker.getSignatureFromDeclaration(declaration);
    return (
      ts.isSetAccessor(declaration) ||
      (this.checker.getReturnTypeOfSignature(signature).flags & ts.TypeFlags.Void) !== 0
    );
  }

  #copy(declaration, object, values, scope) {
    this.#names += 1;
    const label = `$done_${this.#names}`;
    const inner = {
      ...scope,
      self: object,
      bound: new Map(),
      result: { label, declaration },
      depth: scope.depth + 1,
      inside: [...scope.inside, declaration],
    };
    const binding = declaration.parameters.map((parameter, at) => this.#take(parameter, values[at], inner)).join("\n");
    const only = onlyExpression(declaration.body);
    if (only !== null) return this.#expression(only, declaration, binding, inner);
    const body = this.statements.all(declaration.body.statements, inner);
    if (this.#isVoid(declaration)) return { t: "void", code: `(block ${label} ${binding}\n${body})` };
    const type = this.typeOf(declaration);
    return { t: type, code: `(block ${label} (result ${type}) ${binding}\n${body}\n(unreachable))` };
  }

  #expression(only, declaration, binding, scope) {
    const value = this.expressions.of(only, scope);
    if (!isNumber(value)) return { t: "void", code: `${binding}\n${value.code}` };
    const fitted = this.fitted(declaration, value);
    const type = this.typeOf(declaration);
    const code = binding === "" ? fitted : `(block (result ${type}) ${binding} ${fitted})`;
    return { t: type, code, literal: value.literal };
  }

  /** Binds a parameter to what was given for it. */
  #take(parameter, value, scope) {
    if (ts.isObjectBindingPattern(parameter.name)) return this.statements.unpack(parameter.name, value, scope);
    return this.statements.bindTo(parameter, value, scope);
  }

  #invoke(declaration, object, values, name) {
    const objects = values.filter((value) => !isNumber(value)).map((value) => value.path ?? value.key ?? value.t);
    const key = `${name}(${objects.join(",")})`;
    let made = this.#functions.get(key);
    if (made === undefined) {
      made = { name: `$f${this.#functions.size}`, declaration, object, values, key, text: "" };
      this.#functions.set(key, made);
    }
    const given = declaration.parameters
      .map((parameter, at) => [parameter, values[at]])
      .filter(([, value]) => isNumber(value))
      .map(([parameter, value]) => this.fitted(parameter, value));
    const code = `(call ${made.name} ${given.join(" ")})`;
    return { t: this.#isVoid(declaration) ? "void" : this.typeOf(declaration), code };
  }

  #generate(made) {
    const { declaration, object, values } = made;
    const frame = { locals: [] };
    const scope = {
      frame,
      self: object,
      bound: new Map(),
      result: { label: "$done", declaration },
      depth: 0,
      inside: [declaration],
      loop: null,
    };
    const parameters = [];
    let binding = "";
    for (const [at, parameter] of declaration.parameters.entries()) {
      if (isNumber(values[at])) {
        const name = `$p${at}`;
        scope.bound.set(parameter, { t: "local", name, declaration: parameter });
        parameters.push(`(param ${name} ${this.typeOf(parameter)})`);
      } else binding += this.#take(parameter, values[at], scope);
    }
    const body = `${binding}\n${this.statements.all(declaration.body.statements, scope)}`;
    const isVoid = this.#isVoid(declaration);
    const result = isVoid ? "" : `(result ${this.typeOf(declaration)})`;
    const locals = frame.locals.map((each) => `(local ${each.name} ${each.type ?? this.typeOf(each.declaration)})`);
    const inner = `(block $done ${result} ${body} ${isVoid ? "" : "(unreachable)"})`;
    made.text = `;; ${made.key}\n(func ${made.name} ${parameters.join(" ")} ${result} ${locals.join(" ")}\n${inner})`;
  }

  /** `entries`: by exported name, an object and the name of its method. */
  module(entries) {
    const exported = [...entries].map(([name, { object, method }]) => {
      const { declaration } = this.parts.member(object, method, object.declaration);
      this.#invoke(declaration, object, [], `${object.path}.${method}`);
      return `(export "${name}" (func ${this.#functions.get(`${object.path}.${method}()`).name}))`;
    });
    do {
      this.#changed = false;
      this.#names = 0;
      const known = [...this.#functions.values()];
      for (const made of known) this.#generate(made);
      if (this.#functions.size > known.length) this.#changed = true;
    } while (this.#changed);
    return this.#text(exported);
  }

  #global({ name, declaration, initial }) {
    const type = this.typeOf(declaration);
    const value = initial === undefined ? number(0) : this.expressions.of(initial, { bound: new Map() });
    return `(global ${name} (mut ${type}) ${asType(value, type, declaration)})`;
  }

  #text(exported) {
    const globals = [...this.parts.globals.values()].map((global) => this.#global(global));
    const imports = [...this.imports].map(([key, name]) => `(import "outside" "${key}" (func ${name}))`);
    const memory = `(import "room" "memory" (memory 1))`;
    const lists = [...this.parts.lists.values()].map(({ address, values }) => {
      const bytes = [...new Uint8Array(Float64Array.from(values).buffer)];
      return `(data (i32.const ${address}) "${bytes.map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("")}")`;
    });
    const functions = [...this.#functions.values()].map(({ text }) => text);
    return `(module\n${[...imports, memory, ...globals, ...lists, ...functions, ...exported].join("\n")})\n`;
  }
}
