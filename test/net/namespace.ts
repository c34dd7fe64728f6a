/** A network namespace of the kernel for one test file: nothing it does reaches the machine's own network. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cli, until } from '../cli/command.js'

export interface JobOutcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Job {
  readonly process: ChildProcess
  readonly ended: Promise<JobOutcome>
  /** What has come out so far. */
  readonly output: () => Buffer
  readonly stdout: () => string
  readonly stderr: () => string
}

/** What of `net stat --json` the tests look at. */
export interface Stat {
  readonly memory: { readonly used: number; readonly peak: number; readonly limit: number }
  readonly tcp: readonly unknown[]
  readonly counters: {
    readonly icmp: { readonly echoesAnswered: number }
    readonly tcp: Readonly<Record<string, number>>
  }
}

/** Why this machine has no namespaces; undefined where it has. */
export function noNamespaces(): string | undefined {
  const name = `lp-probe-${process.pid}`
  const { status, stderr, error } = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' })
  if (status === 0) {
    spawnSync('ip', ['netns', 'del', name])
    return undefined
  }
  return `needs root and network namespaces: ${error?.message ?? stderr.trim()}`
}

/** Waits until a job says in a line that it is ready. @throws Error with what it said when it ends instead */
export async function ready(job: Job, name: string): Promise<void> {
  let over = false
  void job.ended.then(() => {
    over = true
  })
  await until(() => over || /^ready\b.*\n/m.test(job.stdout()))
  if (over) throw new Error(`${name} ended: ${(await job.ended).stderr}`)
}

let made = 0

export class Namespace {
  readonly name = `lp${process.pid}-${made++}`
  /** For files of the tests in this namespace. */
  readonly folder = mkdtempSync(join(tmpdir(), 'linkpulse-net-'))
  readonly #jobs = new Set<Job>()

  /** @param ipv6 the kernel speaks it here; it says things that other tests have not asked for */
  constructor({ ipv6 = false } = {}) {
    const { status, stderr, error } = spawnSync('ip', ['netns', 'add', this.name], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`cannot make a network namespace: ${error?.message ?? stderr}`)
    this.must('ip', 'link', 'set', 'lo', 'up')
    // A kernel without IPv6 says none
    if (!ipv6) this.must('sh', '-c', 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6 || true')
  }

  /** Starts a command inside. Its `net up` and `net stat` know each other and nobody else's. */
  start(words: readonly string[], input?: string | Buffer): Job {
    const child = spawn('ip', ['netns', 'exec', this.name, ...words], {
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      cwd: this.folder,
      env: { ...process.env, XDG_RUNTIME_DIR: this.folder },
    })
    const out: Buffer[] = []
    let stderr = ''
    child.stdout?.on('data', (octets: Buffer) => out.push(octets))
    child.stderr?.on('data', (octets: Buffer) => {
      stderr += octets.toString()
    })
    if (input !== undefined) {
      child.stdin?.on('error', () => {}) // it ended without reading all: its status says why
      child.stdin?.end(input)
    }
    const output = () => Buffer.concat(out)
    const text = () => output().toString()
    const ended = new Promise<JobOutcome>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (status) => {
        this.#jobs.delete(job)
        resolve({ status, stdout: text(), stderr })
      })
    })
    const job: Job = { process: child, ended, output, stdout: text, stderr: () => stderr }
    this.#jobs.add(job)
    return job
  }

  run(...words: readonly string[]): Promise<JobOutcome> {
    return this.start(words).ended
  }

  /**
   * So many of the kernel's echoes at once, until all are answered, or for a minute. Where they are sent one after the other, ping waits for
   * the answer to the last for an interval or two round trips and no longer, which a busy machine may take.
   */
  ping(count: number, ...words: readonly string[]): Promise<JobOutcome> {
    return this.run('ping', '-c', `${count}`, '-l', `${count}`, '-i', '60', ...words)
  }

  /** As `run`, for what has to work for the test to make sense. Blocks. */
  must(...words: readonly string[]): string {
    const all = ['netns', 'exec', this.name, ...words]
    const { status, stdout, stderr, error } = spawnSync('ip', all, { encoding: 'utf8', cwd: this.folder })
    if (status !== 0) throw new Error(`${words.join(' ')}: ${error?.message ?? stderr}`)
    return stdout
  }

  linkpulse(...words: readonly string[]): Job {
    return this.start([process.execPath, cli, ...words])
  }

  /** `linkpulse net up`, once it is ready. */
  async up(...words: readonly string[]): Promise<Job> {
    const job = this.linkpulse('net', 'up', ...words)
    await ready(job, 'net up')
    return job
  }

  /** Waits for a server of the kernel to listen on a TCP port. */
  listening(port: number): Promise<void> {
    return this.until(() => this.must('ss', '-Hltn', `sport = :${port}`) !== '')
  }

  until(condition: () => boolean): Promise<void> {
    return until(condition)
  }

  /** What `linkpulse net stat --json` prints of the `net up` that runs here. */
  async stat(): Promise<Stat> {
    const { status, stdout, stderr } = await this.linkpulse('net', 'stat', '--json').ended
    if (status !== 0) throw new Error(`net stat: ${stderr}`)
    return JSON.parse(stdout) as Stat
  }

  /** Ends a job as Ctrl-C does. */
  async interrupt(job: Job): Promise<JobOutcome> {
    job.process.kill('SIGINT')
    return job.ended
  }

  async close(): Promise<void> {
    const left = [...this.#jobs]
    for (const job of left) job.process.kill('SIGKILL')
    await Promise.all(left.map((job) => job.ended))
    spawnSync('ip', ['netns', 'del', this.name])
    rmSync(this.folder, { recursive: true, force: true })
  }
}
