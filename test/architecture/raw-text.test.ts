// No template of the console holds bare words: what people read stands in the text files of each language.
import { NodeTypes, parse, type RootNode, type TemplateChildNode } from '@vue/compiler-dom'
import { expect, test } from 'vitest'
import { filesUnder, textOf } from './house-files.ts'

/** Attributes that people see or hear. */
const spoken = new Set([
  ...['alt', 'title', 'placeholder', 'label', 'text', 'description', 'help', 'hint', 'summary'],
  ...['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext'],
])
/** Names, and what machines say, are the same everywhere. */
const names = new Set([
  ...['Rollcall', 'RSA', 'SHA-256', 'NameID'],
  ...['https://', 'rc_scim_…', '-----BEGIN CERTIFICATE-----'],
])

const isWords = (text: string) => /\p{L}{2}/u.test(text) && !names.has(text.replace(/^[\s·]+|[\s·]+$/gu, ''))

/** A literal inside of `{{ }}` or of a bound attribute: `cond ? 'Yes' : 'No'`, but no key, path or class. */
const literalWords = (code: string) =>
  [...code.matchAll(/'([^']*)'/gu)]
    .map(match => match[1] ?? '')
    .filter(text => /^\p{Lu}\p{Ll}+( \p{L}+)*[.:!?]?$/u.test(text) && isWords(text))

type Node = RootNode | TemplateChildNode

function bareWords(node: Node): string[] {
  const here: string[] = []
  if (node.type === NodeTypes.TEXT && isWords(node.content)) here.push(node.content.trim())
  if (node.type === NodeTypes.INTERPOLATION) here.push(...literalWords(node.content.loc.source))
  if (node.type === NodeTypes.ELEMENT) {
    for (const prop of node.props) {
      if (prop.type === NodeTypes.ATTRIBUTE && spoken.has(prop.name) && isWords(prop.value?.content ?? ''))
        here.push(`${prop.name}="${prop.value?.content ?? ''}"`)
      if (
        prop.type === NodeTypes.DIRECTIVE &&
        prop.arg?.type === NodeTypes.SIMPLE_EXPRESSION &&
        spoken.has(prop.arg.content)
      )
        here.push(...literalWords(prop.exp?.loc.source ?? ''))
    }
  }
  const inner = 'children' in node ? (node.children as Node[]) : []
  return [...here, ...inner.flatMap(child => bareWords(child))]
}

const templateOf = (component: string) => /^<template>\n([\s\S]*?)^<\/template>$/mu.exec(component)?.[1] ?? ''
const wordsIn = (template: string) => bareWords(parse(template))

test.each([
  ['<p>Save now</p>', ['Save now']],
  ['<p>{{ t("a.b") }} · {{ ok ? \'Yes\' : name }}</p>', ['Yes']],
  ['<UButton label="Save" class="Big" icon="i-lucide-x" />', ['label="Save"']],
  ["<UButton :label=\"ok ? 'Done' : t('ui.save')\" :key=\"'Row'\" />", ['Done']],
  ['<p><b v-if="x === \'ACTIVE\'">{{ size }} %</b> · Rollcall</p>', []],
])('in %s the bare words %j are found', (template, words) => {
  expect(wordsIn(template)).toEqual(words)
})

test.each(filesUnder('web').filter(path => path.endsWith('.vue')))('%s holds no bare words', path => {
  const template = templateOf(textOf(path))
  expect(template).not.toBe('')
  expect(wordsIn(template)).toEqual([])
})
