// Finds the sentences for people in a source file: literals, templates and sums of them that end as sentences do.
import ts from 'typescript'

/** What stands for each value inside of a template: it fits where a number is asked for, too. */
const value = '7'

/** The text of a literal, a template or a sum of both; null for anything else. */
function textOfNode(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(span => value + span.literal.text).join('')
  if (ts.isParenthesizedExpression(node)) return textOfNode(node.expression)
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return null
  const [left, right] = [textOfNode(node.left), textOfNode(node.right)]
  return left === null && right === null ? null : (left ?? value) + (right ?? value)
}

const isSentence = (text: string) =>
  /^["A-Z7].* .*(?:[.:]|[.] 7)$/su.test(text) && !/^(SELECT|WITH|UPDATE|INSERT)\b/u.test(text)

/** Each sentence once; those of `new Error(...)` are for programmers and left out. */
export function sentencesIn(source: string): string[] {
  const found = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return
    if (ts.isNewExpression(node) && node.expression.getText() === 'Error') return
    const text = textOfNode(node)
    if (text === null) {
      ts.forEachChild(node, visit)
      return
    }
    if (isSentence(text)) found.add(text)
  }
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true))
  return [...found]
}
