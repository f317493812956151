/** Statements of the engine's TypeScript as WebAssembly. */
import ts from "typescript";
import { declarationOf } from "./constants.js";
import { isNumber, storeTo } from "./expressions.js";
import { fail } from "./parts.js";

const { SyntaxKind } = ts;

const compound = new Map([
  [SyntaxKind.PlusEqualsToken, SyntaxKind.PlusToken],
  [SyntaxKind.MinusEqualsToken, SyntaxKind.MinusToken],
  [SyntaxKind.BarEqualsToken, SyntaxKind.BarToken],
  [SyntaxKind.AmpersandEqualsToken, SyntaxKind.AmpersandToken],
]);

export class Statements {
  #labels = 0;

  constructor(compiler, expressions) {
    this.c = compiler;
    this.e = expressions;
  }

  all(nodes, scope) {
    return nodes.map((node) => this.of(node, scope)).join("\n");
  }

  of(node, scope) {
    switch (node.kind) {
      case SyntaxKind.Block:
        return this.all(node.statements, scope);
      case SyntaxKind.VariableStatement:
        return this.#declare(node.declarationList, scope);
      case SyntaxKind.ExpressionStatement:
        return this.#act(node.expression, scope);
      case SyntaxKind.IfStatement:
        return this.#if(node, scope);
      case SyntaxKind.ForStatement:
      case SyntaxKind.WhileStatement:
      case SyntaxKind.DoStatement:
        return this.#loop(node, scope);
      case SyntaxKind.ReturnStatement:
        return this.#return(node, scope);
      case SyntaxKind.ContinueStatement:
        return `(br ${scope.loop.next})`;
      case SyntaxKind.BreakStatement:
        return `(br ${scope.loop.out})`;
      default:
        return fail(node, `no way to compile ${SyntaxKind[node.kind]}`);
    }
  }

  #declare(list, scope) {
    return list.declarations.map((each) => this.#bind(each, scope)).join("\n");
  }

  #bind(declaration, scope) {
    const { name, initializer } = declaration;
    if (ts.isIdentifier(name)) return this.bindTo(declaration, this.e.of(initializer, scope), scope);
    if (ts.isArrayBindingPattern(name)) {
      if (!ts.isArrayLiteralExpression(initializer)) fail(declaration, "no list");
      const values = initializer.elements.map((element) => this.e.of(element, scope));
      return name.elements.map((element, at) => this.bindTo(element, values[at], scope)).join("\n");
    }
    return this.unpack(name, this.e.of(initializer, scope), scope);
  }

  /** `{ a, b: c }` of an object. */
  unpack(pattern, object, scope) {
    return pattern.elements
      .map((element) => {
        const field = (element.propertyName ?? element.name).getText();
        return this.bindTo(element, this.e.memberOf(object, field, element, scope), scope);
      })
      .join("\n");
  }

  bindTo(declaration, value, scope) {
    if (!isNumber(value)) {
      scope.bound.set(declaration, value);
      return "";
    }
    const local = this.c.local(declaration, scope);
    scope.bound.set(declaration, local);
    return `(local.set ${local.name} ${this.c.fitted(declaration, value)})`;
  }

  #act(node, scope) {
    if (ts.isBinaryExpression(node)) return this.#assign(node, scope);
    const e = this.e.of(node, scope);
    if (e.t === "null") return "";
    return isNumber(e) ? `(drop ${e.code})` : e.code;
  }

  #assign(node, scope) {
    const operator = node.operatorToken.kind;
    const { left } = node;
    if (operator === SyntaxKind.EqualsToken) return this.#write(left, () => this.e.of(node.right, scope), scope);
    if (!compound.has(operator)) fail(node, "no assignment");
    const reckon = () => {
      const [before, by] = [this.e.of(left, scope), this.e.of(node.right, scope)];
      return this.e.operate(compound.get(operator), before, by, node);
    };
    return this.#write(left, reckon, scope);
  }

  #write(left, value, scope) {
    if (ts.isElementAccessExpression(left)) {
      const column = this.e.of(left.expression, scope);
      const index = this.e.of(left.argumentExpression, scope);
      return storeTo(column, index, value(), left);
    }
    if (ts.isIdentifier(left)) {
      const { name, declaration } = scope.bound.get(declarationOf(this.c.checker, left)) ?? fail(left, "unknown");
      return `(local.set ${name} ${this.c.fitted(declaration, value())})`;
    }
    const object = this.e.of(left.expression, scope);
    const member = this.c.parts.member(object, left.name.getText(), left);
    if (member.t === "accessor") return this.#set(member, object, value(), scope);
    if (member.t !== "global") fail(left, "nothing to write to");
    return `(global.set ${member.name} ${this.c.fitted(member.declaration, value())})`;
  }

  #set(member, object, value, scope) {
    return this.c.callWith(member.set, object, [value], scope).code;
  }

  #if(node, scope) {
    const condition = this.e.condition(node.expression, scope);
    if (condition.literal !== undefined) {
      const taken = condition.literal === 0 ? node.elseStatement : node.thenStatement;
      return taken === undefined ? "" : this.of(taken, scope);
    }
    const then = this.of(node.thenStatement, scope);
    const other = node.elseStatement === undefined ? "" : `(else ${this.of(node.elseStatement, scope)})`;
    return `(if ${condition.code} (then ${then}) ${other})`;
  }

  #loop(node, scope) {
    this.#labels += 1;
    const [out, next, top] = [`$out${this.#labels}`, `$next${this.#labels}`, `$top${this.#labels}`];
    const inner = { ...scope, loop: { out, next } };
    const [begin, test, step] = ts.isForStatement(node)
      ? [node.initializer, node.condition, node.incrementor]
      : [undefined, node.expression, undefined];
    const first = begin === undefined ? "" : this.#declare(begin, scope);
    const taken = test === undefined ? null : this.e.condition(test, inner);
    const body = this.of(node.statement, inner);
    const then = step === undefined ? "" : this.#act(step, inner);
    const round = `(block ${next} ${body})\n${then}`;
    if (ts.isDoStatement(node)) return `(block ${out} (loop ${top} ${round} (br_if ${top} ${taken.code})))`;
    const leaves = taken === null || taken.literal === 1 ? "" : `(br_if ${out} (i32.eqz ${taken.code}))`;
    return `${first}\n(block ${out} (loop ${top} ${leaves} ${round} (br ${top})))`;
  }

  #return(node, scope) {
    const { result } = scope;
    if (node.expression === undefined) return `(br ${result.label})`;
    const value = this.e.of(node.expression, scope);
    if (!isNumber(value)) return `${value.code}\n(br ${result.label})`;
    return `(br ${result.label} ${this.c.fitted(result.declaration, value)})`;
  }
}
