import { complaints, runCheck } from './run-check.js'

for (const f of process.argv.slice(2)) {
  const t = performance.now()
  const { report, took } = await runCheck({ faults: f === 'none' ? [] : [f], seed: 2 })
  console.log(f, report.verdict, took / 1e9, ((performance.now() - t) / 1000).toFixed(1), complaints(report))
  for (const d of report.diagnosis) console.log('   ', d.cause, d.confidence, d.evidence)
  console.log(
    JSON.stringify(
      report.checks
        .filter((c) => ['mac.bystanders', 'mac.transmit'].includes(c.id))
        .map((c) => c.measurements.map((m) => [m.name, m.value])),
    ),
  )
  console.log(report.findings)
}
