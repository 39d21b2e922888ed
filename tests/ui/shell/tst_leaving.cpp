// SPDX-License-Identifier: GPL-3.0-or-later
// What is open is left without losing anything: for itself, for nothing, and on a full disk.
#include "core/case/documents.h"
#include "core/ingest/corrections.h"
#include "tests/support/openedin.h"
#include "tests/support/smallcase.h"
#include "ui/common/language.h"
#include "ui/postmortem/page.h"

#include <QDir>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>

#include <csignal>
#include <sys/resource.h>

using namespace postlude;

namespace {

constexpr int kPatience = 120'000;

/// As long as it lives no file can grow: what a full disk does to who writes.
class FullDisk {
public:
    FullDisk() {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit none = before_;
        none.rlim_cur = 0;
        ::setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_{};
};

/// Answers the question that comes, whenever it comes; `text` is what it said.
void answer(QMessageBox::ButtonRole role, QString& text) {
    auto* timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, qApp, [timer, role, &text] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (!box) return;
        text = box->text();
        for (QAbstractButton* button : box->buttons())
            if (box->buttonRole(button) == role) button->click();
        timer->deleteLater();
    });
    timer->start(20);
}

} // namespace

class TstLeaving : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { std::signal(SIGXFSZ, SIG_IGN); }

    void whatIsOpenIsNotOpenedAgain() {
        MainWindow window;
        open(window);
        const Session* session = window.session();
        QVERIFY(openedIn(window, files_.bundle().toStdString()));
        QCOMPARE(window.session(), session);
        QVERIFY(openedIn(window, session->caseFile().file()));
        QCOMPARE(window.session(), session);
        QCOMPARE(session->caseFile().mode(), OpenMode::ReadWrite);
    }

    void whatCannotBeSavedIsAskedAbout() {
        MainWindow window;
        open(window);
        const std::filesystem::path file = window.session()->caseFile().file();
        write(window, QStringLiteral("Never to be lost"));
        QString asked;
        {
            const FullDisk disk;
            answer(QMessageBox::RejectRole, asked);
            window.close();
        }
        QVERIFY(!asked.isEmpty());
        QVERIFY(window.isVisible());
        QVERIFY(window.session());
        window.close();
        QVERIFY(!window.isVisible());
        const auto kept = Case::open(file);
        QVERIFY(kept.has_value());
        const auto revision = (*kept)->postmortem();
        QVERIFY(revision && *revision);
        QVERIFY((*revision)->json.find("Never to be lost") != std::string::npos);
    }

    void itCanBeLeftAllTheSame() {
        MainWindow window;
        open(window);
        write(window, QStringLiteral("Given up"));
        QString asked;
        const FullDisk disk;
        answer(QMessageBox::DestructiveRole, asked);
        window.close();
        QVERIFY(!asked.isEmpty());
        QVERIFY(!window.isVisible());
    }

    /// The window would be made anew, without what it could not save.
    void anotherLanguageAsksTheSame() {
        MainWindow window;
        open(window);
        write(window, QStringLiteral("In any language"));
        auto* german = window.findChild<QAction*>(QStringLiteral("languageGerman"));
        QVERIFY(german);
        QString asked;
        {
            const FullDisk disk;
            answer(QMessageBox::RejectRole, asked);
            german->trigger();
        }
        QVERIFY(!asked.isEmpty());
        QVERIFY(window.session());
        QVERIFY(!german->isChecked());
        QCOMPARE(languageChoice(), QString());
    }

    /// Saving what is being left fails, too, and so on.
    void failingBeforeAnythingIsReadEndsOnce() {
        const QString folder = files_.home.filePath(QStringLiteral("noise"));
        QVERIFY(QDir().mkpath(folder));
        QFile noise(folder + QStringLiteral("/noise.bin"));
        QVERIFY(noise.open(QIODevice::WriteOnly));
        noise.write(QByteArray(5000, '\x01'));
        noise.close();
        MainWindow window;
        window.show();
        QVERIFY(openedIn(window, folder.toStdString()));
        {
            const FullDisk disk;
            Q_EMIT window.session()->failed({ErrorKind::DiskFull, "The disk is full", {}, {}});
            QTRY_VERIFY_WITH_TIMEOUT(!window.session(), kPatience);
        }
        QVERIFY(window.findChild<QWidget*>(QStringLiteral("errorPage"))->isVisible());
    }

    /// Read again, the logs are no logs any more: what was written about them stays.
    void aDocumentOutlivesItsLogs() {
        const QString folder = files_.home.filePath(QStringLiteral("doomed"));
        QVERIFY(QDir().mkpath(folder));
        const QString log = folder + QStringLiteral("/haproxy.log");
        QVERIFY(QFile::copy(files_.bundle() + QStringLiteral("/haproxy.log"), log));
        std::filesystem::path file;
        {
            MainWindow window;
            open(window, folder);
            file = window.session()->caseFile().file();
            write(window, QStringLiteral("Outlives its logs"));
            window.close();
        }
        forgetRecords(file);
        QFile noise(log);
        QVERIFY(noise.open(QIODevice::WriteOnly | QIODevice::Truncate));
        noise.write(QByteArray(5000, '\x01'));
        noise.close();

        MainWindow window;
        window.show();
        QVERIFY(openedIn(window, file));
        QTRY_VERIFY_WITH_TIMEOUT(!window.session(), kPatience);
        QVERIFY(window.findChild<QWidget*>(QStringLiteral("errorPage"))->isVisible());
        // What is opened next waits for what is removed.
        QVERIFY(openedIn(window, files_.bundle().toStdString()));
        const auto kept = Case::open(file);
        QVERIFY(kept.has_value());
        const auto revision = (*kept)->postmortem();
        QVERIFY(revision && *revision);
        QVERIFY((*revision)->json.find("Outlives its logs") != std::string::npos);
    }

private:
    static void forgetRecords(const std::filesystem::path& file) {
        const auto of = Case::open(file);
        QVERIFY(of.has_value());
        const auto sources = (*of)->sources();
        QVERIFY(sources && !sources->empty());
        for (const SourceInfo& source : *sources)
            QVERIFY(correct(**of, source.path, {}).has_value());
        QVERIFY(!(*of)->importComplete());
    }

    void open(MainWindow& window, const QString& bundle = {}) {
        window.show();
        QVERIFY(openedIn(window, (bundle.isEmpty() ? files_.bundle() : bundle).toStdString()));
        QTRY_VERIFY_WITH_TIMEOUT(!window.session()->busy() && window.session()->analysis(),
                                 kPatience);
    }

    static void write(const MainWindow& window, const QString& text) {
        window.findChild<QPushButton*>(QStringLiteral("modePostmortem"))->click();
        auto* cause = window.findChild<QPlainTextEdit*>(QStringLiteral("summaryRootCause"));
        QVERIFY(cause);
        QTRY_VERIFY_WITH_TIMEOUT(cause->isVisible(), kPatience);
        window.findChild<PostmortemPage*>()->saveNow();
        cause->setFocus();
        cause->selectAll();
        QTest::keyClicks(cause, text);
    }

    SmallCase files_;
};

QTEST_MAIN(TstLeaving)
#include "tst_leaving.moc"
