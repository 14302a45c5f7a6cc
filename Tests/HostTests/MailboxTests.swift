import Synchronization
import Testing
import Workbench

@testable import Host

struct MailboxTests {
  @Test func `a mailbox hands over each event once, in order, and wakes for each`() {
    let wakes = Mutex(0)
    let mailbox = Mailbox { wakes.withLock { $0 += 1 } }
    mailbox.post(.notice("one"))
    mailbox.post(.notice("two"))
    #expect(mailbox.drain() == [.notice("one"), .notice("two")])
    #expect(mailbox.drain() == [])
    #expect(wakes.withLock(\.self) == 2)
  }
}
