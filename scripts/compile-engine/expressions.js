/** Expressions of the engine's TypeScript as WebAssembly: a number is an i32 until something makes it an f64. */
import ts from "typescript";
import { constantOf, declarationOf } from "./constants.js";
import { fail, firstCell } from "./parts.js";

const { SyntaxKind } = ts;
const arithmetic = new Map([
  [SyntaxKind.PlusToken, "add"],
  [SyntaxKind.MinusToken, "sub"],
  [SyntaxKind.AsteriskToken, "mul"],
]);
const bits = new Map([
  [SyntaxKind.AmpersandToken, "and"],
  [SyntaxKind.BarToken, "or"],
  [SyntaxKind.CaretToken, "xor"],
  [SyntaxKind.LessThanLessThanToken, "shl"],
  [SyntaxKind.GreaterThanGreaterThanToken, "shr_s"],
  [SyntaxKind.GreaterThanGreaterThanGreaterThanToken, "shr_u"],
]);
const comparisons = new Map([
  [SyntaxKind.LessThanToken, "lt"],
  [SyntaxKind.GreaterThanToken, "gt"],
  [SyntaxKind.LessThanEqualsToken, "le"],
  [SyntaxKind.GreaterThanEqualsToken, "ge"],
  [SyntaxKind.EqualsEqualsEqualsToken, "eq"],
  [SyntaxKind.ExclamationEqualsEqualsToken, "ne"],
]);

const isWhole = (value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0);
const float = (value) => {
  if (Number.isNaN(value)) return "nan";
  return Number.isFinite(value) ? (Object.is(value, -0) ? "-0" : String(value)) : value > 0 ? "inf" : "-inf";
};

export function number(value) {
  if (isWhole(value)) return { t: "i32", code: `(i32.const ${value})`, literal: value };
  return { t: "f64", code: `(f64.const ${float(value)})`, literal: value };
}

export const isNumber = (e) => e.t === "i32" || e.t === "f64";

function asFloat(e, node) {
  if (e.t === "f64") return e.code;
  if (e.t !== "i32") fail(node, "not a number");
  if (e.literal !== undefined) return `(f64.const ${float(e.literal)})`;
  return `(f64.convert_i32_${e.unsigned ? "u" : "s"} ${e.code})`;
}

export function asType(e, type, node) {
  if (type === "f64") return asFloat(e, node);
  if (e.t !== "i32") fail(node, "a float where a whole number is needed");
  return e.code;
}

const wider = (a, b) => (a.t === "f64" || b.t === "f64" ? "f64" : "i32");

const base = (column) =>
  column.address === undefined
    ? `(i32.load offset=${firstCell + 8 * column.at} (i32.const 0))`
    : `(i32.const ${column.address})`;

function lengthOf(column) {
  if (column.values !== undefined) return number(column.values.length);
  return { t: "i32", code: `(i32.load offset=${firstCell + 8 * column.at + 4} (i32.const 0))` };
}

/** Of an element: the address without its constant part, and that part. */
function place(column, index, node) {
  if (index.t !== "i32") fail(node, "a float as an index");
  if (index.literal !== undefined && index.literal >= 0) return [base(column), index.literal << column.shift];
  const [code, more] = index.plus ?? [index.code, 0];
  const scaled = column.shift === 0 ? code : `(i32.shl ${code} (i32.const ${column.shift}))`;
  return [`(i32.add ${base(column)} ${scaled})`, more << column.shift];
}

function loadOf(column, index, node) {
  const [address, more] = place(column, index, node);
  return { t: column.element, code: `(${column.load} offset=${more} ${address})` };
}

export function storeTo(column, index, value, node) {
  const [address, more] = place(column, index, node);
  return `(${column.store} offset=${more} ${address} ${asType(value, column.element, node)})`;
}

const slight = 200;
/** Cheaper done than jumped over, and it may be done at any time: it reads, and traps nowhere. */
const isSlight = (code) => code.length < slight && !/call|block|if|local\.tee|div|sqrt/.test(code);

/**
 * One instruction of the processor, without a branch: `f64.min` minds zeros' signs and what is no number, which do not matter
 * here, and is a dozen.
 */
const extremeOf = (name, a, b) => `(f64x2.extract_lane 0 (f64x2.p${name} (f64x2.splat ${a}) (f64x2.splat ${b})))`;

export class Expressions {
  constructor(compiler) {
    this.c = compiler;
  }

  of(node, scope) {
    const constant = constantOf(this.c.checker, node);
    if (constant !== undefined) return number(constant);
    switch (node.kind) {
      case SyntaxKind.ParenthesizedExpression:
      case SyntaxKind.AsExpression:
      case SyntaxKind.NonNullExpression:
        return this.of(node.expression, scope);
      case SyntaxKind.NullKeyword:
        return { t: "null" };
      case SyntaxKind.ThisKeyword:
        return scope.self;
      case SyntaxKind.Identifier:
        return this.#name(node, scope);
      case SyntaxKind.PropertyAccessExpression:
        return this.#property(node, scope);
      case SyntaxKind.ElementAccessExpression:
        return this.#element(node, scope);
      case SyntaxKind.PrefixUnaryExpression:
        return this.#unary(node, scope);
      case SyntaxKind.ConditionalExpression:
        return this.#conditional(node, scope);
      case SyntaxKind.BinaryExpression:
        return this.#binary(node, scope);
      case SyntaxKind.CallExpression:
        return this.#call(node, scope);
      default:
        return fail(node, `no way to compile ${SyntaxKind[node.kind]}`);
    }
  }

  condition(node, scope) {
    const e = this.of(node, scope);
    if (e.t !== "i32") fail(node, "neither a comparison nor a flag");
    return e;
  }

  #name(node, scope) {
    const declaration = declarationOf(this.c.checker, node);
    const bound = scope.bound.get(declaration);
    if (bound === undefined) return this.#list(node, declaration);
    return this.#valueOf(bound);
  }

  /** Of constants: `const rates = [1, 2, 3]`. */
  #list(node, declaration) {
    const elements = declaration?.initializer?.elements ?? fail(node, "an unknown name");
    const values = elements.map((element) => constantOf(this.c.checker, element) ?? fail(element, "no constant"));
    return this.c.parts.list(declaration, values);
  }

  #valueOf(bound) {
    if (bound.t === "local") return { t: this.c.typeOf(bound.declaration), code: `(local.get ${bound.name})` };
    if (bound.t === "global") return { t: this.c.typeOf(bound.declaration), code: `(global.get ${bound.name})` };
    if (bound.t === "number") return number(bound.literal);
    return bound;
  }

  #property(node, scope) {
    const object = this.#asked(node, scope);
    return this.memberOf(object, node.name.getText(), node, scope);
  }

  /** The object before a dot: `?.` would not ask whether it is there. */
  #asked(node, scope) {
    const object = this.of(node.expression, scope);
    if (node.questionDotToken !== undefined && object.there !== undefined) fail(node, "to be asked for with === null");
    return object;
  }

  memberOf(object, name, node, scope) {
    if (object.t === "null") return { t: "null" };
    if (object.t === "column" && name === "length") return lengthOf(object);
    if (object.t !== "object") fail(node, "not an object of the engine");
    const member = this.c.parts.member(object, name, node);
    if (member.t === "accessor") return this.c.call(member.get, object, [], node, scope);
    return this.#valueOf(member);
  }

  #element(node, scope) {
    const column = this.of(node.expression, scope);
    if (column.t !== "column") fail(node, "not an array of the world");
    return loadOf(column, this.of(node.argumentExpression, scope), node);
  }

  #unary(node, scope) {
    const e = this.of(node.operand, scope);
    if (node.operator === SyntaxKind.ExclamationToken) {
      if (e.literal !== undefined) return number(e.literal === 0 ? 1 : 0);
      return { t: "i32", code: `(i32.eqz ${e.code})` };
    }
    if (node.operator !== SyntaxKind.MinusToken) fail(node, "an unknown sign");
    if (e.t === "f64") return { t: "f64", code: `(f64.neg ${e.code})` };
    return { t: "i32", code: `(i32.sub (i32.const 0) ${e.code})` };
  }

  #conditional(node, scope) {
    const condition = this.condition(node.condition, scope);
    if (condition.literal !== undefined)
      return this.of(condition.literal === 0 ? node.whenFalse : node.whenTrue, scope);
    const [yes, no] = [this.of(node.whenTrue, scope), this.of(node.whenFalse, scope)];
    const type = wider(yes, no);
    const [a, b] = [asType(yes, type, node), asType(no, type, node)];
    return { t: type, code: `(if (result ${type}) ${condition.code} (then ${a}) (else ${b}))` };
  }

  #binary(node, scope) {
    const operator = node.operatorToken.kind;
    if (operator === SyntaxKind.AmpersandAmpersandToken || operator === SyntaxKind.BarBarToken)
      return this.#logical(node, scope, operator === SyntaxKind.BarBarToken);
    const [left, right] = [this.of(node.left, scope), this.of(node.right, scope)];
    return this.operate(operator, left, right, node);
  }

  #logical(node, scope, either) {
    const left = this.condition(node.left, scope);
    if (left.literal !== undefined) {
      const settled = either ? left.literal !== 0 : left.literal === 0;
      return settled ? number(either ? 1 : 0) : this.condition(node.right, scope);
    }
    const right = this.condition(node.right, scope);
    if (right.literal === (either ? 0 : 1)) return left;
    if (isSlight(right.code)) return { t: "i32", code: `(i32.${either ? "or" : "and"} ${left.code} ${right.code})` };
    const [then, other] = either ? ["(i32.const 1)", right.code] : [right.code, "(i32.const 0)"];
    return { t: "i32", code: `(if (result i32) ${left.code} (then ${then}) (else ${other}))` };
  }

  operate(operator, left, right, node) {
    if (left.t === "null" || right.t === "null") return this.#isThere(operator, left, right, node);
    if (arithmetic.has(operator)) return this.#reckon(arithmetic.get(operator), left, right, node);
    if (operator === SyntaxKind.SlashToken)
      return { t: "f64", code: `(f64.div ${asFloat(left, node)} ${asFloat(right, node)})` };
    if (bits.has(operator)) {
      const code = `(i32.${bits.get(operator)} ${asType(left, "i32", node)} ${asType(right, "i32", node)})`;
      return { t: "i32", code, unsigned: operator === SyntaxKind.GreaterThanGreaterThanGreaterThanToken };
    }
    if (!comparisons.has(operator)) fail(node, "an unknown operation");
    return this.#compare(comparisons.get(operator), left, right, node);
  }

  #reckon(name, left, right, node) {
    const type = wider(left, right);
    const code = `(${type}.${name} ${asType(left, type, node)} ${asType(right, type, node)})`;
    const plus = type === "i32" && name === "add" && right.literal >= 0 ? [left.code, right.literal] : undefined;
    return { t: type, code, plus };
  }

  #compare(name, left, right, node) {
    const type = wider(left, right);
    const signed = type === "i32" && name !== "eq" && name !== "ne" ? "_s" : "";
    const [a, b] = [asType(left, type, node), asType(right, type, node)];
    return { t: "i32", code: `(${type}.${name}${signed} ${a} ${b})` };
  }

  #isThere(operator, left, right, node) {
    const object = left.t === "null" ? right : left;
    const wanted = operator === SyntaxKind.ExclamationEqualsEqualsToken;
    if (!wanted && operator !== SyntaxKind.EqualsEqualsEqualsToken) fail(node, "null is no number");
    if (object.t === "null") return number(wanted ? 0 : 1);
    if (object.there === undefined) return number(wanted ? 1 : 0);
    const there = loadOf(object.there, number(0), node);
    return wanted ? there : { t: "i32", code: `(i32.eqz ${there.code})` };
  }

  #call(node, scope) {
    const callee = node.expression;
    if (ts.isIdentifier(callee)) {
      const declaration = declarationOf(this.c.checker, callee);
      const made = declaration?.initializer ?? declaration;
      return this.c.call(made, null, node.arguments, node, scope);
    }
    const text = callee.expression.getText();
    if (text === "Math" || text === "Number") return this.#math(node, callee.name.getText(), scope);
    const object = this.#asked(callee, scope);
    if (object.t === "null") return { t: "null" };
    const member = this.c.parts.member(object, callee.name.getText(), node);
    if (member.t !== "method") fail(node, "no method");
    return this.c.call(member.declaration, object, node.arguments, node, scope);
  }

  #math(node, name, scope) {
    const given = node.arguments.map((argument) => this.of(argument, scope));
    const [first] = given;
    if (name === "sqrt" || name === "floor") return { t: "f64", code: `(f64.${name} ${asFloat(first, node)})` };
    if (name === "isNaN") {
      const x = this.c.kept(first, "f64", scope, node);
      return { t: "i32", code: `(f64.ne ${x.set} ${x.get})` };
    }
    if (name === "abs" && first.t === "f64") return { t: "f64", code: `(f64.abs ${first.code})` };
    if (name === "abs") {
      const x = this.c.kept(first, "i32", scope, node);
      const code = `(select (i32.sub (i32.const 0) ${x.set}) ${x.get} (i32.lt_s ${x.get} (i32.const 0)))`;
      return { t: "i32", code };
    }
    if (name !== "min" && name !== "max") fail(node, "no such function");
    return given.reduce((a, b) => this.#extreme(name, a, b, scope, node));
  }

  #extreme(name, a, b, scope, node) {
    if (wider(a, b) === "f64") return { t: "f64", code: extremeOf(name, asFloat(a, node), asFloat(b, node)) };
    const [x, y] = [this.c.kept(a, "i32", scope, node), this.c.kept(b, "i32", scope, node)];
    const test = name === "min" ? "lt_s" : "gt_s";
    return { t: "i32", code: `(select ${x.set} ${y.set} (i32.${test} ${x.get} ${y.get}))` };
  }
}
