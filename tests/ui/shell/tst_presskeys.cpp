// SPDX-License-Identifier: GPL-3.0-or-later
// Space and Return press what has the focus, though the window has a shortcut of its own.
#include "ui/findings/cards.h"
#include "ui/shell/presskeys.h"

#include <QAction>
#include <QLineEdit>
#include <QMainWindow>
#include <QPushButton>
#include <QVBoxLayout>
#include <QtTest>

using namespace postlude;

class TstPressKeys : public QObject {
    Q_OBJECT
private slots:
    void keysPressWhatHasTheFocus() {
        QMainWindow window;
        new PressKeys(&window);
        auto* centre = new QWidget;
        window.setCentralWidget(centre);
        auto* column = new QVBoxLayout(centre);
        auto* button = new QPushButton(QStringLiteral("Use"));
        auto* fold = new Clickable;
        auto* text = new QLineEdit;
        for (QWidget* one : std::initializer_list<QWidget*>{button, fold, text})
            column->addWidget(one);
        auto* lock = new QAction(&window);
        lock->setShortcut(QKeySequence(Qt::Key_Space));
        window.addAction(lock);
        const QSignalSpy pressed(button, &QPushButton::clicked), folded(fold, &Clickable::clicked),
            locked(lock, &QAction::triggered);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        QTest::keyClick(button, Qt::Key_Return);
        QTest::keyClick(button, Qt::Key_Enter);
        QCOMPARE(pressed.size(), 3);
        fold->setFocus();
        QTest::keyClick(fold, Qt::Key_Space);
        QCOMPARE(folded.size(), 1);
        QCOMPARE(locked.size(), 0);
        centre->setFocusPolicy(Qt::StrongFocus);
        centre->setFocus();
        QTest::keyClick(centre, Qt::Key_Space);
        QCOMPARE(locked.size(), 1); // nothing to press: the window's
        text->setFocus();
        QTest::keyClick(text, Qt::Key_Space);
        QCOMPARE(text->text(), QStringLiteral(" "));
    }

    /// Qt keeps Ctrl+E and Ctrl+K of a text for itself, as Emacs would.
    void textsLeaveTheWindowItsShortcuts() {
        QMainWindow window;
        new PressKeys(&window);
        auto* text = new QLineEdit(QStringLiteral("one two"));
        window.setCentralWidget(text);
        const auto add = [&window](const char* keys) {
            auto* action = new QAction(&window);
            action->setShortcut(QKeySequence(QLatin1String(keys)));
            window.addAction(action);
            return action;
        };
        const QSignalSpy exported(add("Ctrl+E"), &QAction::triggered);
        const QSignalSpy palette(add("Ctrl+K"), &QAction::triggered);
        const QSignalSpy all(add("Ctrl+A"), &QAction::triggered);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        text->setFocus();
        text->setCursorPosition(0);
        for (const Qt::Key key : {Qt::Key_E, Qt::Key_K, Qt::Key_A})
            QTest::keyClick(text, key, Qt::ControlModifier);
        QCOMPARE(exported.size(), 1);
        QCOMPARE(palette.size(), 1);
        QCOMPARE(all.size(), 0);
        QCOMPARE(text->text(), QStringLiteral("one two"));
        QCOMPARE(text->selectedText(), QStringLiteral("one two"));
    }
};

QTEST_MAIN(TstPressKeys)
#include "tst_presskeys.moc"
