// SPDX-License-Identifier: GPL-3.0-or-later
// Every text the window asks for is one that translators are given
// (resources/translations/update).
#include "core/analysis/analysis.h"
#include "tests/support/openedin.h"
#include "ui/common/theme.h"
#include "ui/shell/samples.h"

#include <QAction>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace postlude;

namespace {

constexpr int kPatience = 120'000;

/// Notes what is asked for, and translates nothing.
class Asked : public QTranslator {
public:
  QString translate(const char *context, const char *source, const char *,
                    int) const override {
    // Qt's own classes have texts of their own.
    if (*context != 'Q')
      sources.insert(QString::fromUtf8(source));
    return {};
  }
  bool isEmpty() const override { return false; }
  mutable QSet<QString> sources;
};

QSet<QString> known() {
  QFile file(QStringLiteral(POSTLUDE_SOURCE_DIR
                            "/resources/translations/postlude_de.ts"));
  QSet<QString> sources;
  if (!file.open(QIODevice::ReadOnly))
    return sources;
  QXmlStreamReader xml(&file);
  while (!xml.atEnd())
    if (xml.readNext() == QXmlStreamReader::StartElement &&
        xml.name() == QLatin1String("source"))
      sources.insert(xml.readElementText());
  return sources;
}

} // namespace

class TestTexts : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void everyTextIsOneThatTranslatorsAreGiven() {
    const QTemporaryDir home;
    qputenv("XDG_DATA_HOME", home.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", home.path().toUtf8());
    ThemeWatcher::instance().apply();
    Asked asked;
    QVERIFY(QCoreApplication::installTranslator(&asked));
    {
      MainWindow window;
      window.show();
      QVERIFY(openedIn(window, samplesIn(samplesFolder()).front().path.toStdString()));
      QVERIFY(QTest::qWaitFor(
          [&] {
            return !window.session()->busy() && window.session()->analysis();
          },
          kPatience));
      for (const char *id :
           {"messages", "compare", "showPostmortem", "handbook"})
        window.findChild<QAction *>(QLatin1String(id))->trigger();
      QTest::qWait(500);
    }
    QCoreApplication::removeTranslator(&asked);
    QVERIFY(asked.sources.size() > 200);
    QStringList unknown = (asked.sources - known()).values();
    unknown.sort();
    QCOMPARE(unknown.join(u'\n'), QString());
  }
};

QTEST_MAIN(TestTexts)
#include "tst_texts.moc"
