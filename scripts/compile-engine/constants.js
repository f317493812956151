/** Numbers that are known when compiling: constants of a module, reckoned as JavaScript reckons them. */
import ts from "typescript";
import { fail } from "./parts.js";

const operations = new Map([
  [ts.SyntaxKind.PlusToken, (a, b) => a + b],
  [ts.SyntaxKind.MinusToken, (a, b) => a - b],
  [ts.SyntaxKind.AsteriskToken, (a, b) => a * b],
  [ts.SyntaxKind.SlashToken, (a, b) => a / b],
  [ts.SyntaxKind.BarToken, (a, b) => a | b],
  [ts.SyntaxKind.LessThanLessThanToken, (a, b) => a << b],
]);

const names = new Map([
  ["Number.POSITIVE_INFINITY", Number.POSITIVE_INFINITY],
  ["Number.NEGATIVE_INFINITY", Number.NEGATIVE_INFINITY],
  ["Number.NaN", Number.NaN],
]);

/** The declaration that an identifier means, wherever it was imported from. */
export function declarationOf(checker, identifier) {
  let symbol = checker.getSymbolAtLocation(identifier);
  if (symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return symbol?.valueDeclaration;
}

/** Undefined where it is none. */
export function constantOf(checker, node) {
  if (ts.isNumericLiteral(node)) return Number(node.text.replaceAll("_", ""));
  if (node.kind === ts.SyntaxKind.TrueKeyword) return 1;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return 0;
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return constantOf(checker, node.expression);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const value = constantOf(checker, node.operand);
    return value === undefined ? undefined : -value;
  }
  if (ts.isPropertyAccessExpression(node)) return names.get(node.getText());
  if (ts.isBinaryExpression(node)) return ofBinary(checker, node);
  if (ts.isIdentifier(node)) return ofName(checker, node);
  return undefined;
}

function ofBinary(checker, node) {
  const operation = operations.get(node.operatorToken.kind);
  const left = operation === undefined ? undefined : constantOf(checker, node.left);
  const right = left === undefined ? undefined : constantOf(checker, node.right);
  return right === undefined ? undefined : operation(left, right);
}

function ofName(checker, node) {
  const declaration = declarationOf(checker, node);
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  if (!ts.isSourceFile(declaration.parent.parent.parent)) return undefined;
  const { initializer } = declaration;
  // Characters are constants too: `code("r")`.
  if (ts.isCallExpression(initializer) && initializer.expression.getText() === "code")
    return initializer.arguments[0].text.charCodeAt(0);
  if (ts.isArrowFunction(initializer) || ts.isArrayLiteralExpression(initializer)) return undefined;
  const value = constantOf(checker, initializer);
  return value === undefined ? fail(node, "a constant that is not reckoned here") : value;
}
