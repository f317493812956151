/**
 * The objects of a street as the compiler knows them: there is one of each, made in constructors, so that every field has its
 * place for good. Arrays of numbers lie in the module's memory, wherever a cell of it says; other numbers are globals.
 */
import { relative } from "node:path";
import ts from "typescript";

const arrays = new Map([
  ["Float64Array", { element: "f64", shift: 3, load: "f64.load", store: "f64.store" }],
  ["Int32Array", { element: "i32", shift: 2, load: "i32.load", store: "i32.store" }],
  ["Uint8Array", { element: "i32", shift: 0, load: "i32.load8_u", store: "i32.store8" }],
]);

/** Cells of columns lie before lists of constants, and columns behind them. */
export const firstCell = 16;
const firstList = 2048;
const endOfLists = 4096;

/** The classes say something that is not compiled: where, what, and its words. */
export class NotCompiled extends Error {}

export const fail = (node, text) => {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  const at = `${relative(process.cwd(), file.fileName)}:${line + 1}`;
  throw new NotCompiled(`${at}: ${text}: ${node.getText().slice(0, 120)}`);
};

/** What a class, an interface or an object literal says of a member. */
function memberOf(declaration, name) {
  const members = declaration?.members ?? declaration?.properties ?? [];
  return members.filter((member) => member.name?.getText() === name);
}

export class Parts {
  #checker;
  #absent;
  /** By name: arrays in the order of their cells, and what is no array. */
  columns = new Map();
  /** Lists of constants, by declaration: they lie in the module's memory from the start. */
  lists = new Map();
  #listsEnd = firstList;
  globals = new Map();

  /** `absent`: fields that are always null here. */
  constructor(checker, absent) {
    this.#checker = checker;
    this.#absent = absent;
  }

  /** An object with this declaration, reached by that path; `given`: what its constructor's parameters are. */
  object(path, declaration, given = new Map()) {
    return { t: "object", path, declaration, given, known: new Map() };
  }

  /** What `object.name` is: an object, an array, a number's global, a method, or null. */
  member(object, name, at) {
    let found = object.known.get(name);
    if (found === undefined) {
      found = this.#find(object, name, at);
      object.known.set(name, found);
    }
    return found;
  }

  #find(object, name, at) {
    const members = memberOf(object.declaration, name);
    if (members.length === 0) fail(at, `${object.path} has no ${name}`);
    const [member] = members;
    if (ts.isMethodDeclaration(member)) return { t: "method", declaration: member, object };
    if (ts.isAccessor(member)) {
      return { t: "accessor", get: members.find(ts.isGetAccessor), set: members.find(ts.isSetAccessor), object };
    }
    return this.#field(object, name, member);
  }

  #field(object, name, member) {
    const className = object.declaration.name?.getText() ?? "";
    if (this.#absent.has(`${className}.${name}`)) return { t: "null" };
    const type = this.#checker.getTypeAtLocation(member.name);
    const made = this.#made(object, name, member);
    const array = arrays.get(this.#checker.getNonNullableType(type).symbol?.getName());
    if (array !== undefined) return this.#column(object, name, array);
    if (type.flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike))
      return this.#scalar(object, name, member, made);
    if (made !== undefined && ts.isConditionalExpression(made)) return this.#optional(object, name, made);
    return this.#child(object, name, type, made);
  }

  #column(object, name, array) {
    const key = name.startsWith("#") ? `${object.declaration.name.getText()}.${name}` : `${object.path}.${name}`;
    let column = this.columns.get(key);
    if (column === undefined) {
      column = { t: "column", key, at: this.columns.size, ...array };
      if (firstCell + 8 * (column.at + 1) > firstList) throw new Error("more columns than cells");
      this.columns.set(key, column);
    }
    return column;
  }

  #scalar(object, name, member, made) {
    const given = made === undefined ? undefined : object.given.get(made.getText());
    if (given?.t === "number") return given;
    const key = `${object.path}.${name}`;
    const global = { t: "global", name: `$${key.replaceAll("#", "_")}`, declaration: member, initial: made };
    this.globals.set(key, global);
    return global;
  }

  /** Made only in some networks: whether it is there stands in a column of its own. */
  #optional(object, name, made) {
    const there = this.#column(
      { path: object.path, declaration: object.declaration },
      `${name}?`,
      arrays.get("Uint8Array"),
    );
    return { ...this.#create(object, name, made.whenTrue), there };
  }

  #child(object, name, type, made) {
    if (made !== undefined && ts.isNewExpression(made)) return this.#create(object, name, made);
    if (made !== undefined && object.given.has(made.getText())) return object.given.get(made.getText());
    const path = `${object.path}.${name}`;
    if (made !== undefined && ts.isObjectLiteralExpression(made)) return this.object(path, made);
    const declaration = this.#checker.getNonNullableType(type).symbol?.declarations?.[0];
    return this.object(path, declaration);
  }

  #create(object, name, made) {
    const declaration = this.classOf(made.expression);
    const maker = declaration.members.find(ts.isConstructorDeclaration);
    const given = new Map();
    for (const [at, parameter] of (maker?.parameters ?? []).entries()) {
      const value = this.#given(object, made.arguments?.[at]);
      if (value !== undefined) given.set(parameter.name.getText(), value);
    }
    return this.object(`${object.path}.${name}`, declaration, given);
  }

  #given(object, argument) {
    if (argument === undefined) return undefined;
    if (argument.kind === ts.SyntaxKind.TrueKeyword || argument.kind === ts.SyntaxKind.FalseKeyword)
      return { t: "number", type: "i32", literal: argument.kind === ts.SyntaxKind.TrueKeyword ? 1 : 0 };
    if (ts.isNewExpression(argument)) return this.#create(object, `(${argument.expression.getText()})`, argument);
    if (argument.kind === ts.SyntaxKind.ThisKeyword) return object;
    if (ts.isPropertyAccessExpression(argument) && argument.expression.kind === ts.SyntaxKind.ThisKeyword)
      return this.member(object, argument.name.getText(), argument);
    return object.given.get(argument.getText());
  }

  /** A list of constants as a column. */
  list(declaration, values) {
    let list = this.lists.get(declaration);
    if (list === undefined) {
      list = {
        t: "column",
        key: declaration.name.getText(),
        address: this.#listsEnd,
        values,
        ...arrays.get("Float64Array"),
      };
      this.lists.set(declaration, list);
      this.#listsEnd += 8 * values.length;
      if (this.#listsEnd > endOfLists) fail(declaration, "no room for this list");
    }
    return list;
  }

  classOf(identifier) {
    let symbol = this.#checker.getSymbolAtLocation(identifier);
    if (symbol.flags & ts.SymbolFlags.Alias) symbol = this.#checker.getAliasedSymbol(symbol);
    return symbol.declarations[0];
  }

  /** What a field is set to: in its declaration, or in the constructor. */
  #made(object, name, member) {
    if (member.initializer !== undefined) return member.initializer;
    const maker = object.declaration.members?.find(ts.isConstructorDeclaration);
    for (const statement of maker?.body.statements ?? []) {
      if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) continue;
      const { left, right } = statement.expression;
      if (ts.isPropertyAccessExpression(left) && left.getText() === `this.${name}`) return right;
    }
    return undefined;
  }
}
