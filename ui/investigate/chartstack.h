// SPDX-License-Identifier: GPL-3.0-or-later
// The charts and their axis: which are shown, in which order and how tall; asks for series off the
// GUI thread, as wide as they are shown.
#pragma once

#include "ui/common/arrangement.h"
#include "ui/common/fieldvalues.h"
#include "ui/investigate/measured.h"
#include "ui/investigate/serverindex.h"
#include "ui/investigate/timechart.h"

#include <QJsonObject>

class QMenu;
class QSplitter;

namespace postlude {

class TimeAxis;

class ChartStack : public QWidget {
    Q_OBJECT
public:
    explicit ChartStack(TimeNavigator& navigator, QWidget* parent = nullptr);
    void setSession(Session* session);
    void setServers(const ServerIndex& servers);
    void setSilences(const std::vector<Window>& silences);
    /// Null if it is not shown.
    [[nodiscard]] TimeChart* chart(const Plot& plot) const;
    [[nodiscard]] std::vector<Plot> plots() const; ///< from above
    [[nodiscard]] static std::vector<Plot> usualPlots();

    // What the user does to the charts can be taken back in Session::changes().
    void add(const Plot& plot); ///< below the others; nothing if it is there
    void remove(const Plot& plot);
    void move(const Plot& plot, int by);     ///< up (−1) or down
    void maximise(std::optional<Plot> plot); ///< none: all again
    [[nodiscard]] std::optional<Plot> maximised() const { return maximised_; }
    /// Asks which field or measured series to show, and by which group.
    void openAnother();
    void reset(); ///< the usual four, nothing hidden
    /// A click on a legend's name; `alone`: only that one, or all again.
    void press(const QString& name, bool alone);

    [[nodiscard]] QJsonObject layoutState() const;
    void restoreLayout(const QJsonObject& state);
    /// Nothing of the layout is anybody's change so far.
    void settle();

Q_SIGNALS:
    void told(const QString& text);
    void plotsChanged();
    void compareWanted();
    void messagesWanted();
    /// The chart's window as evidence for the postmortem.
    void offered(const postlude::Evidence& evidence, const QString& title);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void windowMoved();
    void put(const Plot& plot);
    void take(const Plot& plot);
    void putInstead(const Plot& plot, const Plot& next);
    void hide(const QString& name, bool alone);
    void setLogarithmic(const Plot& plot, bool on);
    void load();
    void loadOwn(const SeriesRequest& wanted);
    void loadOne(const Plot& plot, const SeriesRequest& wanted);
    void groupBy(const Plot& plot, FieldGroup group);
    void fillGroups(QMenu& menu, const Plot& plot);
    void show();
    [[nodiscard]] QString whyEmpty(const SeriesTable& table, bool narrowed) const;
    void showChart(TimeChart& chart);
    TimeChart* make(const Plot& plot);
    void openMenu(TimeChart& chart, const QPoint& global);
    void fillTakeAway(QMenu& menu, TimeChart& chart);
    void copyPicture(TimeChart& chart);
    void savePicture(TimeChart& chart);
    [[nodiscard]] SeriesRequest request() const;
    [[nodiscard]] Evidence evidenceOf(const Plot& plot) const;

    TimeNavigator& navigator_;
    Session* session_ = nullptr;
    ServerIndex servers_;
    std::vector<Window> silences_;
    QSplitter* rows_ = nullptr;
    TimeAxis* axis_ = nullptr;
    QSet<QString> hidden_;
    std::optional<Plot> maximised_;
    SeriesTable all_, filtered_, status_;
    QHash<QString, ChartContent> own_; ///< of fields and measured series, by id
    FieldValues* fields_ = nullptr;
    Measured* measured_ = nullptr;
    Window loaded_; ///< what the tables cover
    Arrangement* arrangement_ = nullptr;
    QTimer reload_;
    bool loading_ = false, again_ = false; ///< what moved while series were read is asked for after
};

} // namespace postlude
