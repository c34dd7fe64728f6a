/**
 * A vitest reporter that ends the run with one line for machines: `N passed, N failed`, and `, N skipped` where there are
 * any. Before it stands why tests were skipped that said so: `skipped: no captures (1 test)`.
 */
import type { Reporter, TestModule } from 'vitest/node'

export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0
    let skipped = 0
    const reasons = new Map<string, number>()
    // What fails outside any test (a file that does not load, an error nobody caught) is a failure too.
    let failed = unhandledErrors.length
    for (const module of modules) {
      let failedInModule = 0
      for (const test of module.children.allTests()) {
        const result = test.result()
        const { state } = result
        if (result.state === 'skipped' && result.note !== undefined) {
          reasons.set(result.note, (reasons.get(result.note) ?? 0) + 1)
        }
        if (state === 'passed') passed++
        else if (state === 'failed') failedInModule++
        else skipped++
      }
      if (failedInModule === 0 && module.state() === 'failed') failedInModule = 1
      failed += failedInModule
    }
    const tail = skipped > 0 ? `, ${skipped} skipped` : ''
    // After the other reporters' summary, which they print when they get this same call.
    process.on('exit', () => {
      for (const [reason, tests] of reasons)
        console.log(`skipped: ${reason} (${tests} ${tests === 1 ? 'test' : 'tests'})`)
      console.log(`${passed} passed, ${failed} failed${tail}`)
    })
  }
}
