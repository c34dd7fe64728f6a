/**
 * The form of JUnit XML, by hand from junit-10.xsd of Jenkins' xUnit plugin, which refuses a file that has another, in the order of Ant's
 * XMLJUnitResultFormatter, where all of this comes from.
 */
import { spawnSync } from 'node:child_process'

interface Element {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly children: readonly Element[]
}

interface Form {
  readonly required: readonly string[]
  readonly optional: readonly string[]
  /** Children in their order; each as often as it likes, but for those of `once`. */
  readonly children: readonly string[]
  readonly hasText?: boolean
}

const MESSAGE: Form = { required: [], optional: ['type', 'message'], children: [], hasText: true }
const OUTPUT: Form = { required: [], optional: [], children: [], hasText: true }

const FORMS: Readonly<Record<string, Form>> = {
  testsuites: { required: [], optional: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'group', 'file', 'log', 'url'],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { required: [], optional: [], children: ['property'] },
  property: { required: ['name', 'value'], optional: [], children: [] },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  skipped: MESSAGE,
  error: MESSAGE,
  failure: MESSAGE,
  'system-out': OUTPUT,
  'system-err': OUTPUT,
}
const ONCE: readonly string[] = ['properties', 'skipped', 'system-out', 'system-err']

/** Python's parser, whose reading of XML is expat's. */
const PROGRAM = `
import sys, json, xml.etree.ElementTree as t
def tree(e): return dict(tag=e.tag, attributes=e.attrib, text=(e.text or ''), children=[tree(c) for c in e])
json.dump(tree(t.fromstring(sys.stdin.buffer.read())), sys.stdout)
`

/** @throws Error for what is no XML */
export function junitTree(document: string): Element {
  const { status, stdout, stderr, error } = spawnSync('/usr/bin/python3', ['-c', PROGRAM], {
    input: document,
    encoding: 'utf8',
  })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Element
}

/** What a reader of JUnit XML would not take, a line each. */
export function junitFaults(document: string): string[] {
  const root = junitTree(document)
  return root.tag === 'testsuites' ? faultsOf(root) : [`<${root.tag}> is the root`]
}

function faultsOf({ tag, attributes, text, children }: Element): string[] {
  const form = FORMS[tag]
  if (form === undefined) return [`<${tag}> is no element of it`]
  const { required, optional, children: order, hasText = false } = form
  const places = children.map((child) => order.indexOf(child.tag))
  return [
    ...required.filter((name) => attributes[name] === undefined).map((name) => `<${tag}> has no ${name}`),
    ...Object.keys(attributes)
      .filter((name) => !required.includes(name) && !optional.includes(name))
      .map((name) => `<${tag}> has ${name}`),
    ...(hasText || text.trim() === '' ? [] : [`<${tag}> has text`]),
    ...children.filter((_, at) => places[at] < 0).map((child) => `<${child.tag}> is in <${tag}>`),
    ...(places.every((place, at) => at === 0 || place >= places[at - 1]) ? [] : [`<${tag}> has another order`]),
    ...ONCE.filter((name) => children.filter((child) => child.tag === name).length > 1).map(
      (name) => `<${name}> is more than once in <${tag}>`,
    ),
    ...children.flatMap(faultsOf),
  ]
}
