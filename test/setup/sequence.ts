/** In which order the files of a whole run are begun. */
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * By project, in the order in which the configuration has them. What waits for other programs leaves its core to somebody else, and as it comes to
 * its end, what never waits takes its place. A process that runs many files of a project goes on only while the next file is of that project.
 */
export class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { projects } = this.ctx
    const place = ({ project }: TestSpecification) => projects.findIndex(({ name }) => name === project.name)
    // The sort is stable: within a project the order stays that of vitest.
    return (await super.sort(files)).sort((one, other) => place(one) - place(other))
  }
}
