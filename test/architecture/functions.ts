// Reads the exported functions of a TypeScript file, for the tests of sizes and names.
import ts from 'typescript'

export interface ExportedFunction {
  name: string
  parameters: number
  /** Text of the first parameter's type; empty when there is none. */
  firstType: string
}

/** Functions that the text exports by name, written as declarations or as arrows. */
export function exportedFunctions(text: string): ExportedFunction[] {
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.ES2023, true)
  return file.statements.filter(isExported).flatMap(functionsOf)
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
  return modifiers.some(modifier => modifier.kind === ts.SyntaxKind.ExportKeyword)
}

function functionsOf(statement: ts.Statement): ExportedFunction[] {
  if (ts.isFunctionDeclaration(statement)) return [describe(statement.name?.text ?? 'default', statement)]
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
      ? [describe(name.getText(), initializer)]
      : [],
  )
}

function describe(name: string, { parameters }: ts.SignatureDeclarationBase): ExportedFunction {
  return { name, parameters: parameters.length, firstType: parameters[0]?.type?.getText() ?? '' }
}
