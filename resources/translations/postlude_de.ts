<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>postlude</name>
    <message numerus="yes">
        <source>
… %1 more bytes</source>
        <translation><numerusform>
… noch %1 Byte</numerusform><numerusform>
… noch %1 Bytes</numerusform></translation>
    </message>
    <message>
        <source>  all traffic, not filtered</source>
        <translation>  aller Verkehr, nicht gefiltert</translation>
    </message>
    <message>
        <source>  filtered</source>
        <translation>  gefiltert</translation>
    </message>
    <message>
        <source>  logarithmic</source>
        <translation>  logarithmisch</translation>
    </message>
    <message>
        <source> dashed: share that the configured weights give</source>
        <translation> gestrichelt: Anteil nach den Gewichten</translation>
    </message>
    <message>
        <source> of %1</source>
        <comment>pages: 2 of 5</comment>
        <translation> von %1</translation>
    </message>
    <message>
        <source>%1
Ctrl+click or Ctrl+Return shows it</source>
        <translation>%1
Strg+Klick oder Strg+Eingabe zeigt es</translation>
    </message>
    <message numerus="yes">
        <source>%1 bytes</source>
        <translation><numerusform>%1 Byte</numerusform><numerusform>%1 Bytes</numerusform></translation>
    </message>
    <message>
        <source>%1 exists. Overwrite it?</source>
        <translation>%1 gibt es schon. Überschreiben?</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%1 found so far, %2 of %3 lines looked at</source>
        <translation><numerusform>bisher %1 gefunden, %2 von %3 Zeile angesehen</numerusform><numerusform>bisher %1 gefunden, %2 von %3 Zeilen angesehen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 further lines of theirs</source>
        <translation><numerusform>%1 weitere Zeile davon</numerusform><numerusform>%1 weitere Zeilen davon</numerusform></translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>vor %1 h</translation>
    </message>
    <message>
        <source>%1 is one</source>
        <translation>%1 gibt es</translation>
    </message>
    <message>
        <source>%1 is still being written.</source>
        <translation>%1 wird noch geschrieben.</translation>
    </message>
    <message numerus="yes">
        <source>%1 kinds of messages: %4 fatal, %2 new, %3 more often than else. A click goes to the first line, a double click or Enter shows all of them.</source>
        <translation><numerusform>%1 Art von Meldungen: %4 fatal, %2 neu, %3 häufiger als sonst. Ein Klick führt zur ersten Zeile, ein Doppelklick oder Enter zeigt alle.</numerusform><numerusform>%1 Arten von Meldungen: %4 fatal, %2 neu, %3 häufiger als sonst. Ein Klick führt zur ersten Zeile, ein Doppelklick oder Enter zeigt alle.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines</source>
        <translation><numerusform>%1 Zeile</numerusform><numerusform>%1 Zeilen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines in the incident (%2), %3 in the quiet time (%4)</source>
        <translation><numerusform>%1 Zeile in der Störung (%2), %3 in der ruhigen Zeit (%4)</numerusform><numerusform>%1 Zeilen in der Störung (%2), %3 in der ruhigen Zeit (%4)</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines in the window, %2 outside of it</source>
        <translation><numerusform>%1 Zeile im Fenster, %2 außerhalb</numerusform><numerusform>%1 Zeilen im Fenster, %2 außerhalb</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines in this window pass the filter</source>
        <translation><numerusform>%1 Zeile in diesem Fenster passt zum Filter</numerusform><numerusform>%1 Zeilen in diesem Fenster passen zum Filter</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines lie far outside (%2)</source>
        <translation><numerusform>%1 Zeile liegt weit außerhalb (%2)</numerusform><numerusform>%1 Zeilen liegen weit außerhalb (%2)</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines pass the filter</source>
        <translation><numerusform>%1 Zeile passt zum Filter</numerusform><numerusform>%1 Zeilen passen zum Filter</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines unread …</source>
        <translation><numerusform>%1 Zeile nicht gelesen …</numerusform><numerusform>%1 Zeilen nicht gelesen …</numerusform></translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 cases</source>
        <translation><numerusform>%1 von %2 Fall</numerusform><numerusform>%1 von %2 Fällen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 cases; %3 could not be read</source>
        <translation><numerusform>%1 von %2 Fall; %3 nicht lesbar</numerusform><numerusform>%1 von %2 Fällen; %3 nicht lesbar</numerusform></translation>
    </message>
    <message>
        <source>%1 p95 by %2</source>
        <translation>%1 p95 nach %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 records</source>
        <translation><numerusform>%1 Eintrag</numerusform><numerusform>%1 Einträge</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 records in the sample</source>
        <translation><numerusform>%1 Eintrag in der Probe</numerusform><numerusform>%1 Einträge in der Probe</numerusform></translation>
    </message>
    <message>
        <source>%1 replaced</source>
        <translation>%1 ersetzt</translation>
    </message>
    <message numerus="yes">
        <source>%1 requests</source>
        <translation><numerusform>%1 Anfrage</numerusform><numerusform>%1 Anfragen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 rows, in %2</source>
        <translation><numerusform>%1 Zeile in %2</numerusform><numerusform>%1 Zeilen in %2</numerusform></translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>%1 s ahead, corrected</source>
        <translation>%1 s vor, berichtigt</translation>
    </message>
    <message>
        <source>%1 s ahead, set by hand</source>
        <translation>%1 s vor, von Hand gestellt</translation>
    </message>
    <message>
        <source>%1 s behind, corrected</source>
        <translation>%1 s nach, berichtigt</translation>
    </message>
    <message>
        <source>%1 s behind, set by hand</source>
        <translation>%1 s nach, von Hand gestellt</translation>
    </message>
    <message numerus="yes">
        <source>%1 unread</source>
        <translation><numerusform>%1 nicht gelesen</numerusform><numerusform>%1 nicht gelesen</numerusform></translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%1, %2 times</source>
        <translation><numerusform>%1, %2-mal</numerusform><numerusform>%1, %2-mal</numerusform></translation>
    </message>
    <message>
        <source>%1, %2 to mend</source>
        <translation>%1, %2 zu berichtigen</translation>
    </message>
    <message>
        <source>%1, %2, folded</source>
        <translation>%1, %2, eingeklappt</translation>
    </message>
    <message>
        <source>%1, %2, unfolded</source>
        <translation>%1, %2, ausgeklappt</translation>
    </message>
    <message>
        <source>%1, UTC</source>
        <translation>%1, UTC</translation>
    </message>
    <message>
        <source>%1, complete</source>
        <translation>%1, vollständig</translation>
    </message>
    <message numerus="yes">
        <source>%1, for %2: %3 requests, %4 failed, %5 slow</source>
        <translation><numerusform>%1, %2 lang: %3 Anfrage, %4 fehlgeschlagen, %5 langsam</numerusform><numerusform>%1, %2 lang: %3 Anfragen, %4 fehlgeschlagen, %5 langsam</numerusform></translation>
    </message>
    <message>
        <source>%1, line by line as it was written</source>
        <translation>%1, Zeile für Zeile wie geschrieben</translation>
    </message>
    <message>
        <source>%1: %2 to %3</source>
        <translation>%1: %2 bis %3</translation>
    </message>
    <message>
        <source>%1: detected after %2</source>
        <translation>%1: bemerkt nach %2</translation>
    </message>
    <message>
        <source>%1: its lines are not shown nor searched, what was read from them stands</source>
        <translation>%1: die Zeilen werden weder gezeigt noch durchsucht; was daraus gelesen wurde, bleibt</translation>
    </message>
    <message>
        <source>%1: no lines of a known log format</source>
        <translation>%1: keine Zeilen eines bekannten Log-Formats</translation>
    </message>
    <message>
        <source>%1: no log here</source>
        <translation>%1: hier kein Log</translation>
    </message>
    <message>
        <source>%1: no values</source>
        <translation>%1: keine Werte</translation>
    </message>
    <message>
        <source>%1: nothing stated, the logs say %2</source>
        <translation>%1: keine Angabe, die Logs sagen %2</translation>
    </message>
    <message>
        <source>%1: resolved after %2</source>
        <translation>%1: behoben nach %2</translation>
    </message>
    <message>
        <source>%1: stated %2, the logs say %3</source>
        <translation>%1: angegeben %2, die Logs sagen %3</translation>
    </message>
    <message>
        <source>%1: there are too many records in this window to read them all</source>
        <translation>%1: In diesem Fenster sind zu viele Einträge, um alle zu lesen</translation>
    </message>
    <message numerus="yes">
        <source>%n agree with the logs</source>
        <translation><numerusform>%n stimmt mit den Logs überein</numerusform><numerusform>%n stimmen mit den Logs überein</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n evidence</source>
        <translation><numerusform>%n Beleg</numerusform><numerusform>%n Belege</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files not whole</source>
        <translation><numerusform>%n Datei nicht vollständig</numerusform><numerusform>%n Dateien nicht vollständig</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files, oldest first</source>
        <translation><numerusform>%n Datei</numerusform><numerusform>%n Dateien, die älteste zuerst</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n formats</source>
        <translation><numerusform>%n Format</numerusform><numerusform>%n Formate</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n known</source>
        <translation><numerusform>%n bekannt</numerusform><numerusform>%n bekannt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n more entries follow in what is exported</source>
        <translation><numerusform>%n weiterer Eintrag folgt in dem, was ausgegeben wird</numerusform><numerusform>%n weitere Einträge folgen in dem, was ausgegeben wird</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n seconds a second</source>
        <translation><numerusform>%n Sekunde je Sekunde</numerusform><numerusform>%n Sekunden je Sekunde</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n sources</source>
        <translation><numerusform>%n Quelle</numerusform><numerusform>%n Quellen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n to mend</source>
        <translation><numerusform>%n zu berichtigen</numerusform><numerusform>%n zu berichtigen</numerusform></translation>
    </message>
    <message>
        <source>&amp;About Postlude</source>
        <translation>Über &amp;Postlude</translation>
    </message>
    <message>
        <source>&amp;Add this line to the timeline</source>
        <translation>Diese &amp;Zeile in die Zeitleiste aufnehmen</translation>
    </message>
    <message>
        <source>&amp;Add to the postmortem</source>
        <translation>Ins &amp;Postmortem</translation>
    </message>
    <message>
        <source>&amp;Another format:</source>
        <translation>&amp;Anderes Format:</translation>
    </message>
    <message>
        <source>&amp;Ask</source>
        <translation>&amp;Fragen</translation>
    </message>
    <message>
        <source>&amp;Bookmark this line</source>
        <translation>&amp;Lesezeichen für diese Zeile</translation>
    </message>
    <message>
        <source>&amp;Charts</source>
        <translation>&amp;Diagramme</translation>
    </message>
    <message>
        <source>&amp;Clear filter</source>
        <translation>Filter &amp;leeren</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>&amp;Close case</source>
        <translation>&amp;Fall schließen</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>&amp;Befehle…</translation>
    </message>
    <message>
        <source>&amp;Compare requests…</source>
        <translation>Anfragen &amp;vergleichen…</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Copy as CSV</source>
        <translation>Als &amp;CSV kopieren</translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Edit filter</source>
        <translation>&amp;Filter bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Export postmortem…</source>
        <translation>Postmortem &amp;exportieren…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Find in lines…</source>
        <translation>In Zeilen &amp;suchen…</translation>
    </message>
    <message>
        <source>&amp;Find in the document…</source>
        <translation>Im &amp;Dokument suchen…</translation>
    </message>
    <message>
        <source>&amp;Formats…</source>
        <translation>&amp;Formate…</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Group by</source>
        <translation>&amp;Gruppieren nach</translation>
    </message>
    <message>
        <source>&amp;Handbook</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Host clocks as written</source>
        <translation>Uhren der &amp;Hosts wie geschrieben</translation>
    </message>
    <message>
        <source>&amp;Incident</source>
        <translation>&amp;Störung</translation>
    </message>
    <message>
        <source>&amp;Investigate</source>
        <translation>&amp;Untersuchen</translation>
    </message>
    <message>
        <source>&amp;Larger</source>
        <translation>&amp;Größer</translation>
    </message>
    <message>
        <source>&amp;Light theme</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Line</source>
        <translation>&amp;Zeile</translation>
    </message>
    <message>
        <source>&amp;Look at</source>
        <translation>&amp;Zeitraum</translation>
    </message>
    <message>
        <source>&amp;Maximise the next chart</source>
        <translation>Nächstes Diagramm &amp;maximieren</translation>
    </message>
    <message>
        <source>&amp;Messages: new, more often…</source>
        <translation>&amp;Meldungen: neu, häufiger…</translation>
    </message>
    <message>
        <source>&amp;New window</source>
        <translation>Ne&amp;ues Fenster</translation>
    </message>
    <message>
        <source>&amp;Open bundle…</source>
        <translation>&amp;Bündel öffnen…</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>&amp;Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>&amp;Postmortem</source>
        <translation>&amp;Postmortem</translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation>&amp;Drucken…</translation>
    </message>
    <message>
        <source>&amp;Put into</source>
        <translation>Wo&amp;hin</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Bee&amp;nden</translation>
    </message>
    <message>
        <source>&amp;Read again like this</source>
        <translation>So &amp;neu lesen</translation>
    </message>
    <message>
        <source>&amp;Recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Replace in the document…</source>
        <translation>Im Dokument e&amp;rsetzen…</translation>
    </message>
    <message>
        <source>&amp;Save now</source>
        <translation>Jetzt &amp;speichern</translation>
    </message>
    <message>
        <source>&amp;Smaller</source>
        <translation>&amp;Kleiner</translation>
    </message>
    <message>
        <source>&amp;Source</source>
        <translation>&amp;Quelle</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>&amp;Stop reading or analysing</source>
        <translation>Lesen oder Analysieren a&amp;bbrechen</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Tour of the window</source>
        <translation>&amp;Rundgang durch das Fenster</translation>
    </message>
    <message>
        <source>&amp;Try</source>
        <translation>Aus&amp;probieren</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Whole page</source>
        <translation>Gan&amp;ze Seite</translation>
    </message>
    <message>
        <source>&amp;Year of the first line:</source>
        <translation>&amp;Jahr der ersten Zeile:</translation>
    </message>
    <message>
        <source>&amp;and compare with</source>
        <translation>&amp;und vergleichen mit</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>(others)</source>
        <translation>(andere)</translation>
    </message>
    <message>
        <source>+ Add entry</source>
        <translation>+ Eintrag</translation>
    </message>
    <message>
        <source>+ Add task</source>
        <translation>+ Aufgabe</translation>
    </message>
    <message>
        <source>+ Another hypothesis…</source>
        <translation>+ Weitere Hypothese…</translation>
    </message>
    <message>
        <source>, line %1</source>
        <translation>, Zeile %1</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>A case, or folders, archives and logs of one incident.</source>
        <translation>Ein Fall oder Ordner, Archive und Logs einer Störung.</translation>
    </message>
    <message>
        <source>A chart needs a column of numbers beside a time or a name</source>
        <translation>Ein Diagramm braucht eine Spalte mit Zahlen neben einer Zeit oder einem Namen</translation>
    </message>
    <message>
        <source>A clock that is behind has a minus. The host's times are corrected by it everywhere, and the case is analysed anew.</source>
        <translation>Eine Uhr, die nachgeht, hat ein Minus. Die Zeiten des Hosts werden überall darum berichtigt, und der Fall wird neu analysiert.</translation>
    </message>
    <message>
        <source>A day, such as 2024-02-01</source>
        <translation>Ein Tag, etwa 2024-02-01</translation>
    </message>
    <message>
        <source>A double click or Enter shows the lines of a row.</source>
        <translation>Doppelklick oder Eingabetaste zeigt die Zeilen dazu.</translation>
    </message>
    <message>
        <source>A page back and on</source>
        <translation>Eine Seite zurück und vor</translation>
    </message>
    <message>
        <source>A postmortem beside this one</source>
        <translation>Ein Postmortem neben diesem</translation>
    </message>
    <message>
        <source>A row leads to its line if it has source and line</source>
        <translation>Eine Antwort mit „source“ und „line“ führt zu ihrer Zeile</translation>
    </message>
    <message>
        <source>About Postlude</source>
        <translation>Über Postlude</translation>
    </message>
    <message>
        <source>Acknowledgement</source>
        <translation>Übernahme</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Maßnahme</translation>
    </message>
    <message>
        <source>Add a chart</source>
        <translation>Diagramm hinzufügen</translation>
    </message>
    <message>
        <source>Add chart</source>
        <translation>Diagramm hinzufügen</translation>
    </message>
    <message>
        <source>Add e&amp;vidence where the cursor is…</source>
        <translation>Be&amp;leg an der Schreibmarke hinzufügen…</translation>
    </message>
    <message>
        <source>Add entry below</source>
        <translation>Eintrag darunter einfügen</translation>
    </message>
    <message>
        <source>Add evidence…</source>
        <translation>Beleg hinzufügen…</translation>
    </message>
    <message>
        <source>Add n&amp;umbers of the window in view…</source>
        <translation>Zahlen des sichtbaren &amp;Fensters aufnehmen…</translation>
    </message>
    <message>
        <source>Add numbers to the postmortem</source>
        <translation>Zahlen ins Postmortem aufnehmen</translation>
    </message>
    <message>
        <source>Add the chart</source>
        <translation>Diagramm hinzufügen</translation>
    </message>
    <message>
        <source>Add to postmortem</source>
        <translation>Ins Postmortem aufnehmen</translation>
    </message>
    <message>
        <source>Add to the postmortem's timeline</source>
        <translation>In die Zeitleiste des Postmortems aufnehmen</translation>
    </message>
    <message>
        <source>Add to the timeline</source>
        <translation>In die Zeitleiste aufnehmen</translation>
    </message>
    <message>
        <source>Add “%1” to the dictionary</source>
        <translation>„%1“ ins Wörterbuch aufnehmen</translation>
    </message>
    <message>
        <source>Added to the postmortem</source>
        <translation>Ins Postmortem aufgenommen</translation>
    </message>
    <message>
        <source>Added to the postmortem's timeline</source>
        <translation>In die Zeitleiste des Postmortems aufgenommen</translation>
    </message>
    <message>
        <source>After the first sentence (Ctrl+Shift+J)</source>
        <translation>Nach dem ersten Satz (Strg+Umschalt+J)</translation>
    </message>
    <message>
        <source>Agrees with the logs (%1)</source>
        <translation>Stimmt mit den Logs überein (%1)</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Alerts, changes, server states, messages, people and notes</source>
        <translation>Alarme, Änderungen, Zustände der Server, Meldungen, Personen und Notizen</translation>
    </message>
    <message>
        <source>All charts share one time axis. A click goes to the lines of that moment, below; full stop and comma step from event to event.</source>
        <translation>Alle Diagramme haben eine Zeitachse. Ein Klick führt zu den Zeilen dieses Augenblicks darunter; Punkt und Komma gehen von Ereignis zu Ereignis.</translation>
    </message>
    <message>
        <source>All files (*);;Cases (*.postlude);;Archives (%1)</source>
        <translation>Alle Dateien (*);;Fälle (*.postlude);;Archive (%1)</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle Arten</translation>
    </message>
    <message>
        <source>All lines</source>
        <translation>Alle Zeilen</translation>
    </message>
    <message>
        <source>All lines of this client</source>
        <translation>Alle Zeilen dieses Clients</translation>
    </message>
    <message>
        <source>All lines of this request id</source>
        <translation>Alle Zeilen dieser Anfrage-ID</translation>
    </message>
    <message>
        <source>All lines of this source</source>
        <translation>Alle Zeilen dieser Quelle</translation>
    </message>
    <message>
        <source>All of them, as one step of undo</source>
        <translation>Alle, als ein Schritt zum Rückgängigmachen</translation>
    </message>
    <message>
        <source>All requests of %1.</source>
        <translation>Alle Anfragen von %1.</translation>
    </message>
    <message>
        <source>All sources by time</source>
        <translation>Alle Quellen nach Zeit</translation>
    </message>
    <message>
        <source>And also %1</source>
        <translation>Und auch %1</translation>
    </message>
    <message>
        <source>Another &amp;hypothesis…</source>
        <translation>Weitere &amp;Hypothese…</translation>
    </message>
    <message>
        <source>Another chart</source>
        <translation>Noch ein Diagramm</translation>
    </message>
    <message>
        <source>Another field or measured series…</source>
        <translation>Ein anderes Feld oder eine Messreihe…</translation>
    </message>
    <message>
        <source>Another hypothesis</source>
        <translation>Weitere Hypothese</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Answered late</source>
        <translation>Spät beantwortet</translation>
    </message>
    <message>
        <source>Apply it</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Arrange columns</source>
        <translation>Spalten anordnen</translation>
    </message>
    <message numerus="yes">
        <source>As measured: %1, from %2 matched requests</source>
        <translation><numerusform>Wie gemessen: %1, aus %2 zugeordneten Anfrage</numerusform><numerusform>Wie gemessen: %1, aus %2 zugeordneten Anfragen</numerusform></translation>
    </message>
    <message>
        <source>As measured: not known</source>
        <translation>Wie gemessen: nicht bekannt</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>As the analysis says</source>
        <translation>Wie die Analyse sagt</translation>
    </message>
    <message>
        <source>As the lines say, else UTC</source>
        <translation>Wie in den Zeilen, sonst UTC</translation>
    </message>
    <message numerus="yes">
        <source>As written, %n rows high</source>
        <translation><numerusform>Wie geschrieben, %n Reihe hoch</numerusform><numerusform>Wie geschrieben, %n Reihen hoch</numerusform></translation>
    </message>
    <message>
        <source>Ask in S&amp;QL…</source>
        <translation>In SQL &amp;fragen…</translation>
    </message>
    <message>
        <source>Ask in SQL</source>
        <translation>In SQL fragen</translation>
    </message>
    <message>
        <source>Asked &amp;before</source>
        <translation>&amp;Früher gefragt</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Frage läuft…</translation>
    </message>
    <message>
        <source>Assumption</source>
        <translation>Annahme</translation>
    </message>
    <message>
        <source>Attach to the sentence or entry chosen last</source>
        <translation>An den zuletzt gewählten Satz oder Eintrag hängen</translation>
    </message>
    <message>
        <source>Authors</source>
        <translation>Verfasser</translation>
    </message>
    <message>
        <source>B&amp;ack</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to the filter in force</source>
        <translation>Zurück zum geltenden Filter</translation>
    </message>
    <message>
        <source>Back to where most are</source>
        <translation>Zurück zu den meisten</translation>
    </message>
    <message>
        <source>Backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>Backends · %1</source>
        <translation>Backends · %1</translation>
    </message>
    <message numerus="yes">
        <source>Backends · %n</source>
        <translation><numerusform>Backends · %n</numerusform><numerusform>Backends · %n</numerusform></translation>
    </message>
    <message>
        <source>Bad requests: %1; good ones they are compared with: %2.</source>
        <translation>Schlechte Anfragen: %1; gute, mit denen sie verglichen werden: %2.</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Wird zu</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Bookmark the window in view</source>
        <translation>Lesezeichen für das sichtbare Fenster</translation>
    </message>
    <message>
        <source>Bookmark this moment</source>
        <translation>Lesezeichen für diesen Augenblick</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Bring back %1</source>
        <translation>%1 zurückholen</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Burn rate</source>
        <translation>Verbrauch des Fehlerbudgets</translation>
    </message>
    <message>
        <source>By itself Postlude takes this for: %1</source>
        <translation>Von sich aus hält Postlude dies für: %1</translation>
    </message>
    <message>
        <source>By the file's date</source>
        <translation>Nach dem Datum der Datei</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Bytes sent per second</source>
        <translation>Gesendete Bytes pro Sekunde</translation>
    </message>
    <message>
        <source>C&amp;ases side by side…</source>
        <translation>F&amp;älle nebeneinander…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancelled. What was shown before is still shown.</source>
        <translation>Abgebrochen. Zu sehen ist noch, was vorher da war.</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Fälle</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>Cause not found</source>
        <translation>Ursache nicht gefunden</translation>
    </message>
    <message>
        <source>Cause: %1</source>
        <translation>Ursache: %1</translation>
    </message>
    <message>
        <source>Change bookmark</source>
        <translation>Lesezeichen ändern</translation>
    </message>
    <message>
        <source>Change hypothesis</source>
        <translation>Hypothese ändern</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>Chart of the answer</source>
        <translation>Diagramm der Antwort</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>Checks (%1)</source>
        <translation>Prüfungen (%1)</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>Spalten wählen</translation>
    </message>
    <message>
        <source>Cl&amp;ock of this line's host…</source>
        <translation>&amp;Uhr des Hosts dieser Zeile…</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Clock of a host</source>
        <translation>Uhr eines Hosts</translation>
    </message>
    <message>
        <source>Clock of its host…</source>
        <translation>Uhr seines Hosts…</translation>
    </message>
    <message>
        <source>Clocks</source>
        <translation>Uhren</translation>
    </message>
    <message>
        <source>Clocks: ahead or behind</source>
        <translation>Uhren: vor oder nach</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close &amp;window</source>
        <translation>Fenster s&amp;chließen</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Close all the same</source>
        <translation>Trotzdem schließen</translation>
    </message>
    <message>
        <source>Close it</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Close the search (Esc)</source>
        <translation>Suche schließen (Esc)</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Abgeschlossen</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Colour rows</source>
        <translation>Zeilen färben</translation>
    </message>
    <message>
        <source>Colour rows by</source>
        <translation>Zeilen färben nach</translation>
    </message>
    <message>
        <source>Colour rows by &amp;level</source>
        <translation>Zeilen färben nach St&amp;ufe</translation>
    </message>
    <message>
        <source>Colour rows by &amp;status</source>
        <translation>Zeilen färben nach S&amp;tatus</translation>
    </message>
    <message>
        <source>Colour rows by s&amp;ource</source>
        <translation>Zeilen färben nach &amp;Quelle</translation>
    </message>
    <message>
        <source>Colour rows by ser&amp;ver</source>
        <translation>Zeilen färben nach Ser&amp;ver</translation>
    </message>
    <message>
        <source>Comma-separated (*.csv)</source>
        <translation>Durch Komma getrennt (*.csv)</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Communication</source>
        <translation>Mitteilung</translation>
    </message>
    <message>
        <source>Compare requests</source>
        <translation>Anfragen vergleichen</translation>
    </message>
    <message>
        <source>Compare the requests in view…</source>
        <translation>Sichtbare Anfragen vergleichen…</translation>
    </message>
    <message>
        <source>Comparing …</source>
        <translation>Vergleiche …</translation>
    </message>
    <message>
        <source>Conclusion</source>
        <translation>Schluss</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copied. The charts are not in it: export for those.</source>
        <translation>Kopiert, ohne die Diagramme: mit diesen nur beim Exportieren.</translation>
    </message>
    <message>
        <source>Copied: paste it into a shell on each host, then open all the archives together.</source>
        <translation>Kopiert: auf jedem Host in eine Shell einfügen, danach alle Archive zusammen öffnen.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>Als Bild kopieren</translation>
    </message>
    <message>
        <source>Copy as rich text</source>
        <translation>Als formatierten Text kopieren</translation>
    </message>
    <message>
        <source>Copy as table (CSV)</source>
        <translation>Als Tabelle kopieren (CSV)</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Copy the c&amp;hart</source>
        <translation>&amp;Diagramm kopieren</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy the filter</source>
        <translation>Filter kopieren</translation>
    </message>
    <message>
        <source>Copy the line as it was written</source>
        <translation>Zeile kopieren, wie sie geschrieben wurde</translation>
    </message>
    <message>
        <source>Copy the line as written</source>
        <translation>Zeile kopieren, wie sie geschrieben ist</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>Text kopieren</translation>
    </message>
    <message>
        <source>Copy this value</source>
        <translation>Diesen Wert kopieren</translation>
    </message>
    <message>
        <source>Corrective and preventative measures</source>
        <translation>Abhilfe und Vorbeugung</translation>
    </message>
    <message>
        <source>Could not write %1: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>Zählt …</translation>
    </message>
    <message>
        <source>Ctrl+Enter asks. Double-click a row to go to its line.</source>
        <translation>Strg+Eingabe fragt. Doppelklick führt zur Zeile.</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Strg+K</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Declined, and why</source>
        <translation>Abgelehnt, und warum</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Deleted ones</source>
        <translation>Gelöschte</translation>
    </message>
    <message>
        <source>Deleted. Its revisions stay in the case.</source>
        <translation>Gelöscht. Seine Fassungen bleiben im Fall.</translation>
    </message>
    <message>
        <source>Deployment</source>
        <translation>Deployment</translation>
    </message>
    <message>
        <source>Detected after</source>
        <translation>Bemerkt nach</translation>
    </message>
    <message>
        <source>Detection</source>
        <translation>Entdeckung</translation>
    </message>
    <message>
        <source>Differs from the logs (%1)</source>
        <translation>Weicht von den Logs ab (%1)</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>Verteilung</translation>
    </message>
    <message>
        <source>Do &amp;not colour rows</source>
        <translation>Zeilen &amp;nicht färben</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Done again: %1</source>
        <translation>Wiederholt: %1</translation>
    </message>
    <message>
        <source>Done when</source>
        <translation>Erledigt, wenn</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Draft anew</source>
        <translation>Neu entwerfen</translation>
    </message>
    <message>
        <source>Draft anew from the logs</source>
        <translation>Neu aus den Logs entwerfen</translation>
    </message>
    <message>
        <source>Draft anew from the logs…</source>
        <translation>Neu aus den Logs entwerfen…</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Fällig</translation>
    </message>
    <message>
        <source>Duplicate…</source>
        <translation>Duplizieren…</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Duration as written</source>
        <translation>Dauer, wie geschrieben</translation>
    </message>
    <message>
        <source>Edition for others</source>
        <translation>Ausgabe für andere</translation>
    </message>
    <message>
        <source>Edition written to %1</source>
        <translation>Ausgabe geschrieben: %1</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>Sonst</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>End as written</source>
        <translation>Ende, wie geschrieben</translation>
    </message>
    <message>
        <source>Enter adds it to the timeline; drag it onto an entry or into a text to attach it</source>
        <translation>Enter nimmt es in die Zeitleiste; auf einen Eintrag oder in einen Text gezogen belegt es ihn</translation>
    </message>
    <message>
        <source>Enter applies it</source>
        <translation>Enter wendet ihn an</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>Entries that are shown</source>
        <translation>Gezeigte Einträge</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Errors (5xx) per server</source>
        <translation>Fehler (5xx) je Server</translation>
    </message>
    <message>
        <source>Escalation</source>
        <translation>Eskalation</translation>
    </message>
    <message>
        <source>Event ▶</source>
        <translation>Ereignis ▶</translation>
    </message>
    <message>
        <source>Every command by name (Ctrl+K)</source>
        <translation>Jeder Befehl nach Namen (Strg+K)</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Evidence tray</source>
        <translation>Ablage für Belege</translation>
    </message>
    <message>
        <source>Export an edition for others…</source>
        <translation>Ausgabe für andere exportieren…</translation>
    </message>
    <message>
        <source>Export the postmortem</source>
        <translation>Postmortem exportieren</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Exportiert: %1</translation>
    </message>
    <message numerus="yes">
        <source>Exported to %1. %n numbers and times in it do not hold; see Checks</source>
        <translation><numerusform>Exportiert nach %1. Eine Zahl oder Zeit darin stimmt nicht; siehe Prüfungen</numerusform><numerusform>Exportiert nach %1. %n Zahlen und Zeiten darin stimmen nicht; siehe Prüfungen</numerusform></translation>
    </message>
    <message>
        <source>Exporting to %1 …</source>
        <translation>Export nach %1 …</translation>
    </message>
    <message>
        <source>Exporting to %1: %2 …</source>
        <translation>Export nach %1: %2 …</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Fair shares</source>
        <translation>Gerechte Anteile</translation>
    </message>
    <message>
        <source>Fatal message</source>
        <translation>Fatale Meldung</translation>
    </message>
    <message>
        <source>Fatal message: %1</source>
        <translation>Fatale Meldung: %1</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Fields and measured series</source>
        <translation>Felder und Messreihen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>File: %1</source>
        <translation>Datei: %1</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>Dateien, die nicht gelesen werden konnten</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter, such as  server = "app1" and status &gt;= 500</source>
        <translation>Filter, etwa  server = "app1" and status &gt;= 500</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>&amp;Nächsten finden</translation>
    </message>
    <message>
        <source>Find &amp;previous</source>
        <translation>&amp;Vorigen finden</translation>
    </message>
    <message>
        <source>Find a field or series</source>
        <translation>Feld oder Reihe suchen</translation>
    </message>
    <message>
        <source>Find a format</source>
        <translation>Format suchen</translation>
    </message>
    <message>
        <source>Find a message</source>
        <translation>Meldung suchen</translation>
    </message>
    <message>
        <source>Find in the document</source>
        <translation>Im Dokument suchen</translation>
    </message>
    <message>
        <source>Find text in lines</source>
        <translation>Text in Zeilen suchen</translation>
    </message>
    <message>
        <source>Find the &amp;next</source>
        <translation>&amp;Nächste Stelle</translation>
    </message>
    <message>
        <source>Find the one &amp;before</source>
        <translation>&amp;Vorige Stelle</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Zuerst</translation>
    </message>
    <message>
        <source>First and last line of the list</source>
        <translation>Erste und letzte Zeile der Liste</translation>
    </message>
    <message>
        <source>First lines as they are read</source>
        <translation>Die ersten Zeilen, wie sie gelesen werden</translation>
    </message>
    <message>
        <source>Fit the wi&amp;dth</source>
        <translation>Auf &amp;Breite</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>Passt</translation>
    </message>
    <message>
        <source>Flood of clients</source>
        <translation>Flut von Clients</translation>
    </message>
    <message>
        <source>Fo&amp;rward</source>
        <translation>&amp;Vor</translation>
    </message>
    <message>
        <source>Folder of cases</source>
        <translation>Ordner mit Fällen</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>For a report: without names, paths or logs</source>
        <translation>Für eine Meldung: ohne Namen, Pfade und Logs</translation>
    </message>
    <message>
        <source>Forget all</source>
        <translation>Alle vergessen</translation>
    </message>
    <message>
        <source>Forget the recent filters</source>
        <translation>Letzte Filter vergessen</translation>
    </message>
    <message>
        <source>Forgets what was stated about this source, and reads it again</source>
        <translation>Vergisst die Angaben zu dieser Quelle und liest sie neu</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Format string</source>
        <translation>Formatangabe</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formate</translation>
    </message>
    <message>
        <source>Formats that may fit</source>
        <translation>Formate, die passen können</translation>
    </message>
    <message>
        <source>Formats…</source>
        <translation>Formate…</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Woher</translation>
    </message>
    <message>
        <source>From the logs of an outage to a postmortem that can be checked against them.</source>
        <translation>Von den Logs eines Ausfalls zum Postmortem, das sich an ihnen prüfen lässt.</translation>
    </message>
    <message>
        <source>Gathering …</source>
        <translation>Sammle …</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Go to &amp;line…</source>
        <translation>&amp;Gehe zu Zeile…</translation>
    </message>
    <message>
        <source>Go to line</source>
        <translation>Gehe zu Zeile</translation>
    </message>
    <message>
        <source>Go to the &amp;detection</source>
        <translation>Zur &amp;Entdeckung</translation>
    </message>
    <message>
        <source>Go to the &amp;recovery</source>
        <translation>Zur &amp;Wiederherstellung</translation>
    </message>
    <message>
        <source>Go to the &amp;trigger</source>
        <translation>Zum &amp;Auslöser</translation>
    </message>
    <message>
        <source>Go to the miti&amp;gation</source>
        <translation>Zur Ein&amp;dämmung</translation>
    </message>
    <message>
        <source>Go to this entry</source>
        <translation>Zu diesem Eintrag</translation>
    </message>
    <message>
        <source>Goes to this moment</source>
        <translation>Geht zu diesem Augenblick</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Group a chart</source>
        <translation>Diagramm gruppieren</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>Grouping messages …</source>
        <translation>Gruppiere Meldungen …</translation>
    </message>
    <message>
        <source>Handbook</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Heads of the columns</source>
        <translation>Spaltenköpfe</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>History of the postmortem</source>
        <translation>Verlauf des Postmortems</translation>
    </message>
    <message>
        <source>Ho&amp;w this line's source is read…</source>
        <translation>Wie die &amp;Quelle dieser Zeile gelesen wird…</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>Host clocks corrected, or as they were written (Ctrl+R)</source>
        <translation>Uhren der Rechner berichtigt oder wie geschrieben (Strg+R)</translation>
    </message>
    <message>
        <source>How %1 is read</source>
        <translation>Wie %1 gelesen wird</translation>
    </message>
    <message>
        <source>How far the clock of %1 is ahead of the balancer's</source>
        <translation>Wie weit die Uhr von %1 vor der des Loadbalancers geht</translation>
    </message>
    <message>
        <source>How far the search is</source>
        <translation>Stand der Suche</translation>
    </message>
    <message>
        <source>How it is read…</source>
        <translation>Wie sie gelesen wird…</translation>
    </message>
    <message>
        <source>How it was counted, and what else there is to say; one a line</source>
        <translation>Wie gezählt wurde und was sonst zu sagen ist; je Zeile eines</translation>
    </message>
    <message>
        <source>How one will know that it is done</source>
        <translation>Woran man erkennt, dass sie erledigt ist</translation>
    </message>
    <message>
        <source>Hypotheses</source>
        <translation>Hypothesen</translation>
    </message>
    <message>
        <source>Hypothesis added: %1</source>
        <translation>Hypothese hinzugefügt: %1</translation>
    </message>
    <message>
        <source>Identification</source>
        <translation>Ursache erkannt</translation>
    </message>
    <message>
        <source>Impact</source>
        <translation>Auswirkung</translation>
    </message>
    <message>
        <source>Impact start</source>
        <translation>Beginn der Störung</translation>
    </message>
    <message>
        <source>Improvements</source>
        <translation>Verbesserungen</translation>
    </message>
    <message>
        <source>In columns</source>
        <translation>In Spalten</translation>
    </message>
    <message>
        <source>In force: %1 (Esc: back to it)</source>
        <translation>Es gilt: %1 (Esc: dahin zurück)</translation>
    </message>
    <message>
        <source>In lists and on buttons</source>
        <translation>In Listen und auf Schaltflächen</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>In Prüfung</translation>
    </message>
    <message>
        <source>In texts of the postmortem</source>
        <translation>In Texten des Postmortems</translation>
    </message>
    <message>
        <source>In the filter</source>
        <translation>Im Filter</translation>
    </message>
    <message>
        <source>In the lines</source>
        <translation>In den Zeilen</translation>
    </message>
    <message>
        <source>In the search</source>
        <translation>In der Suche</translation>
    </message>
    <message>
        <source>In this edition the same thing has the same placeholder everywhere, also in the charts. The document itself stays as it is.</source>
        <translation>In dieser Ausgabe hat dasselbe überall denselben Platzhalter, auch in den Diagrammen. Das Dokument selbst bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Incident at %1</source>
        <translation>Störung um %1</translation>
    </message>
    <message>
        <source>Ins</source>
        <translation>Einfg</translation>
    </message>
    <message>
        <source>Introduction</source>
        <translation>Einleitung</translation>
    </message>
    <message>
        <source>Investigate</source>
        <translation>Untersuchen</translation>
    </message>
    <message>
        <source>Issue summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>It is drafted already, and every number in it is checked against the logs. F1 opens the handbook, Ctrl+K lists every command.</source>
        <translation>Es ist schon entworfen, und jede Zahl darin wird an den Logs geprüft. F1 öffnet das Handbuch, Strg+K zeigt alle Befehle.</translation>
    </message>
    <message>
        <source>It is not known which host wrote this</source>
        <translation>Es ist nicht bekannt, welcher Host das schrieb</translation>
    </message>
    <message>
        <source>Its name:</source>
        <translation>Sein Name:</translation>
    </message>
    <message>
        <source>Its number or address in your tracker</source>
        <translation>Ihre Nummer oder Adresse in der Aufgabenverwaltung</translation>
    </message>
    <message>
        <source>Its time, or a word of it</source>
        <translation>Seine Zeit oder ein Wort daraus</translation>
    </message>
    <message>
        <source>Joined cause</source>
        <translation>Weitere Ursache</translation>
    </message>
    <message>
        <source>Keyboard &amp;shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Lan&amp;guage</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größere Schrift</translation>
    </message>
    <message>
        <source>Laying out the pages …</source>
        <translation>Die Seiten werden gesetzt …</translation>
    </message>
    <message>
        <source>Lead-up</source>
        <translation>Vorgeschichte</translation>
    </message>
    <message>
        <source>Leave (Esc)</source>
        <translation>Verlassen (Esc)</translation>
    </message>
    <message>
        <source>Leave it to &amp;Postlude</source>
        <translation>&amp;Postlude überlassen</translation>
    </message>
    <message>
        <source>Left: speaks for it. Right: speaks against it</source>
        <translation>Links: spricht dafür. Rechts: spricht dagegen</translation>
    </message>
    <message>
        <source>Lessons learned</source>
        <translation>Was wir gelernt haben</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Likely cause</source>
        <translation>Wahrscheinliche Ursache</translation>
    </message>
    <message>
        <source>Lin&amp;es</source>
        <translation>Z&amp;eilen</translation>
    </message>
    <message>
        <source>Lin&amp;k to an entry…</source>
        <translation>Ver&amp;weis auf einen Eintrag…</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Line %1 · %2</source>
        <translation>Zeile %1 · %2</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Lines as &amp;written, wrapped</source>
        <translation>Zeilen &amp;wie geschrieben, umbrochen</translation>
    </message>
    <message>
        <source>Lines as written</source>
        <translation>Zeilen wie geschrieben</translation>
    </message>
    <message>
        <source>Lines in columns</source>
        <translation>Zeilen in Spalten</translation>
    </message>
    <message>
        <source>Lines of all sources by time</source>
        <translation>Zeilen aller Quellen nach der Zeit</translation>
    </message>
    <message>
        <source>Lines of one source as they were written</source>
        <translation>Zeilen einer Quelle wie geschrieben</translation>
    </message>
    <message>
        <source>Lines stand here as soon as they are read.</source>
        <translation>Hier stehen die Zeilen, sobald sie gelesen sind.</translation>
    </message>
    <message>
        <source>Lines that it reads:</source>
        <translation>Zeilen, die es liest:</translation>
    </message>
    <message>
        <source>Link to an entry</source>
        <translation>Verweis auf einen Eintrag</translation>
    </message>
    <message>
        <source>Link to an entry…</source>
        <translation>Verweis auf einen Eintrag…</translation>
    </message>
    <message>
        <source>Load balancer algorithm</source>
        <translation>Verfahren des Loadbalancers</translation>
    </message>
    <message>
        <source>Load balancer configuration</source>
        <translation>Konfiguration des Loadbalancers</translation>
    </message>
    <message>
        <source>Load balancer hashing</source>
        <translation>Hashing des Loadbalancers</translation>
    </message>
    <message>
        <source>Load balancer health check</source>
        <translation>Health-Check des Loadbalancers</translation>
    </message>
    <message>
        <source>Load balancer weights</source>
        <translation>Gewichte des Loadbalancers</translation>
    </message>
    <message>
        <source>Loc&amp;k or free the cursor</source>
        <translation>&amp;Cursor feststellen oder lösen</translation>
    </message>
    <message>
        <source>Logarithmic</source>
        <translation>Logarithmisch</translation>
    </message>
    <message>
        <source>Looking for measured values …</source>
        <translation>Messwerte werden gesucht …</translation>
    </message>
    <message>
        <source>Looking for words like it …</source>
        <translation>Ähnliche Wörter werden gesucht …</translation>
    </message>
    <message>
        <source>Make room on the disk, or export it to another one.</source>
        <translation>Auf der Festplatte Platz schaffen oder auf eine andere exportieren.</translation>
    </message>
    <message>
        <source>Makes one of those selected (Ctrl+J)</source>
        <translation>Macht aus den gewählten einen (Strg+J)</translation>
    </message>
    <message>
        <source>Making the edition …</source>
        <translation>Die Ausgabe entsteht …</translation>
    </message>
    <message>
        <source>Making the edition: %1 % of the text …</source>
        <translation>Die Ausgabe entsteht: %1 % des Textes …</translation>
    </message>
    <message>
        <source>Making the pages …</source>
        <translation>Die Seiten entstehen …</translation>
    </message>
    <message>
        <source>Making the pages: %1 …</source>
        <translation>Die Seiten entstehen: %1 …</translation>
    </message>
    <message>
        <source>Markdown (*.md);;Web page (*.html);;PDF (*.pdf);;Text document (*.odt);;JSON (*.json);;Tasks as a table (*.csv)</source>
        <translation>Markdown (*.md);;Webseite (*.html);;PDF (*.pdf);;Textdokument (*.odt);;JSON (*.json);;Aufgaben als Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Maximise</source>
        <translation>Maximieren</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Merge entries</source>
        <translation>Einträge verbinden</translation>
    </message>
    <message>
        <source>Merge with the next</source>
        <translation>Mit dem nächsten verbinden</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Messages in view…</source>
        <translation>Sichtbare Meldungen…</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Misleading path</source>
        <translation>Irrweg</translation>
    </message>
    <message>
        <source>Mitigation</source>
        <translation>Eindämmung</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More often: %1</source>
        <translation>Häufiger: %1</translation>
    </message>
    <message>
        <source>Move a chart</source>
        <translation>Diagramm verschieben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Move down (Alt+Down)</source>
        <translation>Nach unten (Alt+Herunter)</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move up (Alt+Up)</source>
        <translation>Nach oben (Alt+Hoch)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name, such as “For customers”. It is for the list alone; readers see the title.</source>
        <translation>Name, etwa „Für Kunden“. Er steht nur in der Liste; wer liest, sieht den Titel.</translation>
    </message>
    <message>
        <source>Name: %1</source>
        <translation>Name: %1</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>New message</source>
        <translation>Neue Meldung</translation>
    </message>
    <message>
        <source>New message: %1</source>
        <translation>Neue Meldung: %1</translation>
    </message>
    <message>
        <source>New, drafted from the logs…</source>
        <translation>Neu, aus den Logs entworfen…</translation>
    </message>
    <message>
        <source>New, empty…</source>
        <translation>Neu, leer…</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Next &amp;bookmark</source>
        <translation>Nächstes &amp;Lesezeichen</translation>
    </message>
    <message>
        <source>Next &amp;change of rate</source>
        <translation>Nächste Änderung der &amp;Rate</translation>
    </message>
    <message>
        <source>Next &amp;error</source>
        <translation>Nächster &amp;Fehler</translation>
    </message>
    <message>
        <source>Next &amp;finding</source>
        <translation>Nächster &amp;Befund</translation>
    </message>
    <message>
        <source>Next &amp;gap</source>
        <translation>Nächste Lü&amp;cke</translation>
    </message>
    <message>
        <source>Next and previous match</source>
        <translation>Nächster und voriger Treffer</translation>
    </message>
    <message>
        <source>Next and previous part of the window</source>
        <translation>Nächster und voriger Teil des Fensters</translation>
    </message>
    <message>
        <source>Next e&amp;vent</source>
        <translation>&amp;Nächstes Ereignis</translation>
    </message>
    <message>
        <source>Next event</source>
        <translation>Nächstes Ereignis</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>Nächster Treffer (F3)</translation>
    </message>
    <message>
        <source>No Hunspell dictionary is installed</source>
        <translation>Kein Hunspell-Wörterbuch ist installiert</translation>
    </message>
    <message>
        <source>No case is open.</source>
        <translation>Kein Fall ist geöffnet.</translation>
    </message>
    <message>
        <source>No case tells when it was detected</source>
        <translation>Kein Fall sagt, wann er bemerkt wurde</translation>
    </message>
    <message>
        <source>No command has “%1” in its name</source>
        <translation>Kein Befehl hat „%1“ im Namen</translation>
    </message>
    <message>
        <source>No date and time can be read from this</source>
        <translation>Daraus sind Datum und Uhrzeit nicht zu lesen</translation>
    </message>
    <message>
        <source>No date and time can be read from this: write it like %1</source>
        <translation>Daraus sind Datum und Uhrzeit nicht zu lesen: zu schreiben wie %1</translation>
    </message>
    <message>
        <source>No entry with a time says that</source>
        <translation>Kein Eintrag mit einer Zeit sagt das</translation>
    </message>
    <message>
        <source>No filter was used yet</source>
        <translation>Noch kein Filter benutzt</translation>
    </message>
    <message>
        <source>No further bookmarks</source>
        <translation>Keine weiteren Lesezeichen</translation>
    </message>
    <message>
        <source>No further change of rate</source>
        <translation>Keine weitere Änderung der Rate</translation>
    </message>
    <message>
        <source>No further errors</source>
        <translation>Keine weiteren Fehler</translation>
    </message>
    <message>
        <source>No further events</source>
        <translation>Keine weiteren Ereignisse</translation>
    </message>
    <message>
        <source>No further findings</source>
        <translation>Keine weiteren Befunde</translation>
    </message>
    <message>
        <source>No further gap</source>
        <translation>Keine weitere Lücke</translation>
    </message>
    <message>
        <source>No further matches</source>
        <translation>Keine weiteren Treffer</translation>
    </message>
    <message>
        <source>No line is found yet.</source>
        <translation>Noch keine Zeile gefunden.</translation>
    </message>
    <message>
        <source>No line was found before the search stopped.</source>
        <translation>Bis zum Ende der Suche wurde keine Zeile gefunden.</translation>
    </message>
    <message>
        <source>No lines between %1 and %2</source>
        <translation>Keine Zeilen zwischen %1 und %2</translation>
    </message>
    <message>
        <source>No lines match the filter in this window.</source>
        <translation>In diesem Fenster passt keine Zeile zum Filter.</translation>
    </message>
    <message>
        <source>No page has all these words.</source>
        <translation>Keine Seite enthält alle diese Wörter.</translation>
    </message>
    <message>
        <source>No request for %1</source>
        <translation>%1 lang keine Anfrage</translation>
    </message>
    <message>
        <source>No request here passes the filter</source>
        <translation>Keine Anfrage hier passt zum Filter</translation>
    </message>
    <message>
        <source>No requests in this window</source>
        <translation>Keine Anfragen in diesem Fenster</translation>
    </message>
    <message>
        <source>No value is three times as frequent, beyond chance and without its busiest clients.</source>
        <translation>Kein Wert ist dreimal so häufig, über den Zufall hinaus und ohne seine eifrigsten Clients.</translation>
    </message>
    <message>
        <source>No value makes a request three times as likely to be bad, beyond chance and without its busiest clients.</source>
        <translation>Kein Wert macht eine Anfrage dreimal so wahrscheinlich schlecht, über den Zufall hinaus und ohne seine eifrigsten Clients.</translation>
    </message>
    <message>
        <source>No word is like it</source>
        <translation>Kein Wort ist ihm ähnlich</translation>
    </message>
    <message>
        <source>None of its times lies within these logs: it may be of another incident.</source>
        <translation>Keine seiner Zeiten liegt in diesen Logs: Vielleicht ist es von einem anderen Vorfall.</translation>
    </message>
    <message>
        <source>Normal text</source>
        <translation>Normale Schrift</translation>
    </message>
    <message>
        <source>Not exported: %1</source>
        <translation>Nicht exportiert: %1</translation>
    </message>
    <message>
        <source>Not printed: %1</source>
        <translation>Nicht gedruckt: %1</translation>
    </message>
    <message>
        <source>Not printed: %1 does not take the pages.</source>
        <translation>Nicht gedruckt: %1 nimmt die Seiten nicht an.</translation>
    </message>
    <message>
        <source>Not recovered</source>
        <translation>Nicht erholt</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>Nicht gespeichert: %1</translation>
    </message>
    <message>
        <source>Not searched: %1</source>
        <translation>Nicht durchsucht: %1</translation>
    </message>
    <message>
        <source>Not taken over: %1</source>
        <translation>Nicht übernommen: %1</translation>
    </message>
    <message>
        <source>Not yet “%1”: %2</source>
        <translation>Noch nicht „%1“: %2</translation>
    </message>
    <message>
        <source>Note:</source>
        <translation>Notiz:</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Nothing in the logs to compare with (%1)</source>
        <translation>Nichts in den Logs zum Vergleich (%1)</translation>
    </message>
    <message>
        <source>Nothing in the logs was found to compare it with</source>
        <translation>In den Logs wurde nichts zum Vergleich gefunden</translation>
    </message>
    <message>
        <source>Nothing new but where people's own words stand:
%1</source>
        <translation>Nichts Neues außer dort, wo eigene Worte stehen:
%1</translation>
    </message>
    <message>
        <source>Nothing unusual was found in these logs.</source>
        <translation>In diesen Logs wurde nichts Ungewöhnliches gefunden.</translation>
    </message>
    <message>
        <source>Nothing was found that would have to be replaced.</source>
        <translation>Nichts wurde gefunden, was ersetzt werden müsste.</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>Nothing yet. Add at least one task that prevents a repeat.</source>
        <translation>Noch nichts. Mindestens eine Aufgabe eintragen, die eine Wiederholung verhindert.</translation>
    </message>
    <message>
        <source>Nothing yet. Add what happened, and when; or drag evidence here.</source>
        <translation>Noch nichts. Eintragen, was geschah und wann; oder Belege hierher ziehen.</translation>
    </message>
    <message>
        <source>Numbers of the window in view</source>
        <translation>Zahlen des sichtbaren Fensters</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Observation</source>
        <translation>Beobachtung</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Offer what fits here</source>
        <translation>Anbieten, was hier passt</translation>
    </message>
    <message>
        <source>Offers what is new; what people wrote stays</source>
        <translation>Bietet an, was neu ist; Geschriebenes bleibt</translation>
    </message>
    <message>
        <source>Older and newer filters</source>
        <translation>Ältere und neuere Filter</translation>
    </message>
    <message>
        <source>One paragraph a line</source>
        <translation>Ein Absatz je Zeile</translation>
    </message>
    <message>
        <source>Only %1</source>
        <translation>Nur %1</translation>
    </message>
    <message>
        <source>Only the lines with it</source>
        <translation>Nur die Zeilen damit</translation>
    </message>
    <message>
        <source>Only the lines without it</source>
        <translation>Nur die Zeilen ohne dies</translation>
    </message>
    <message>
        <source>Only what changed since the revision before</source>
        <translation>Nur was sich seit der vorigen Fassung geändert hat</translation>
    </message>
    <message>
        <source>Onset</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation>&amp;Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open a bundle first</source>
        <translation>Erst ein Bündel öffnen</translation>
    </message>
    <message>
        <source>Open a case to see what its logs say.</source>
        <translation>Einen Fall öffnen, um zu sehen, was die Logs sagen.</translation>
    </message>
    <message>
        <source>Open another bundle…</source>
        <translation>Anderes Bündel öffnen…</translation>
    </message>
    <message>
        <source>Open archive, logs or case…</source>
        <translation>Archiv, Logs oder Fall öffnen…</translation>
    </message>
    <message>
        <source>Open bundle, logs or case</source>
        <translation>Bündel, Logs oder Fall öffnen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Open logs or a recorded incident</source>
        <translation>Logs oder einen aufgezeichneten Vorfall öffnen</translation>
    </message>
    <message>
        <source>Open or press what is marked</source>
        <translation>Öffnen oder drücken, was markiert ist</translation>
    </message>
    <message>
        <source>Open tasks</source>
        <translation>Offene Aufgaben</translation>
    </message>
    <message>
        <source>Open this case</source>
        <translation>Diesen Fall öffnen</translation>
    </message>
    <message>
        <source>Opening %1 …</source>
        <translation>%1 wird geöffnet …</translation>
    </message>
    <message>
        <source>Opens the logs of an outage and ends in a postmortem.</source>
        <translation>Öffnet die Logs eines Ausfalls und endet in einem Postmortem.</translation>
    </message>
    <message>
        <source>Opens the logs of an outage, shows on one time axis what the load balancer and the servers behind it did, and ends in a postmortem whose every number can be checked against those logs.

Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Öffnet die Logs eines Ausfalls, zeigt auf einer Zeitachse, was der Loadbalancer und die Server dahinter taten, und endet in einem Postmortem, dessen Zahlen sich alle an diesen Logs prüfen lassen.

Freie Software unter der GNU General Public License, Version 3 oder später.</translation>
    </message>
    <message>
        <source>Or drop them here. Nothing leaves this machine, and nothing in the bundle is changed.</source>
        <translation>Oder hier ablegen. Nichts verlässt diesen Rechner, und im Bündel wird nichts geändert.</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Order and headings of the parts on paper; the text stays as it is</source>
        <translation>Reihenfolge und Überschriften der Teile auf dem Papier; der Text bleibt, wie er ist</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>Andere…</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Im Lauf der Zeit</translation>
    </message>
    <message>
        <source>Over-represented</source>
        <translation>Gehäuft</translation>
    </message>
    <message>
        <source>Overload and crash</source>
        <translation>Überlast und Absturz</translation>
    </message>
    <message>
        <source>Overview of the whole span</source>
        <translation>Überblick über die ganze Zeit</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>Zuständig</translation>
    </message>
    <message>
        <source>Pa&amp;ge</source>
        <translation>S&amp;eite</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Pages as they would be printed</source>
        <translation>Seiten, wie sie gedruckt würden</translation>
    </message>
    <message>
        <source>Pan &amp;left</source>
        <translation>Nach &amp;links</translation>
    </message>
    <message>
        <source>Pan &amp;right</source>
        <translation>Nach &amp;rechts</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Pictures (*.png *.svg)</source>
        <translation>Bilder (*.png *.svg)</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>Place among the lines, with bookmarks and matches</source>
        <translation>Stelle unter den Zeilen, mit Lesezeichen und Treffern</translation>
    </message>
    <message>
        <source>Play fa&amp;ster</source>
        <translation>&amp;Schneller abspielen</translation>
    </message>
    <message>
        <source>Play slo&amp;wer</source>
        <translation>Langsa&amp;mer abspielen</translation>
    </message>
    <message numerus="yes">
        <source>Play, %n seconds a second</source>
        <translation><numerusform>Abspielen, %n Sekunde je Sekunde</numerusform><numerusform>Abspielen, %n Sekunden je Sekunde</numerusform></translation>
    </message>
    <message>
        <source>Plays or pauses (k); faster with l, slower with j or by right click</source>
        <translation>Spielt ab oder hält an (k); schneller mit l, langsamer mit j oder per Rechtsklick</translation>
    </message>
    <message>
        <source>Postlude %1</source>
        <translation>Postlude %1</translation>
    </message>
    <message>
        <source>Postlude ended unexpectedly while %1 was open. What was saved is there: the last two seconds may be missing.</source>
        <translation>Postlude wurde unerwartet beendet, während %1 offen war. Was gespeichert war, ist da: die letzten zwei Sekunden können fehlen.</translation>
    </message>
    <message>
        <source>Postmortem</source>
        <translation>Postmortem</translation>
    </message>
    <message>
        <source>Postmortem %1</source>
        <translation>Postmortem %1</translation>
    </message>
    <message>
        <source>Postmortems (*.md *.markdown *.txt *.json);;All files (*)</source>
        <translation>Postmortems (*.md *.markdown *.txt *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Postmortems of this case</source>
        <translation>Postmortems dieses Falls</translation>
    </message>
    <message>
        <source>Press m on a line to mark it.</source>
        <translation>Mit m eine Zeile merken.</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Preview and checks</source>
        <translation>Vorschau und Prüfungen</translation>
    </message>
    <message>
        <source>Preview of the postmortem</source>
        <translation>Vorschau des Postmortems</translation>
    </message>
    <message>
        <source>Previous and next line</source>
        <translation>Vorige und nächste Zeile</translation>
    </message>
    <message>
        <source>Previous bookmark</source>
        <translation>Voriges Lesezeichen</translation>
    </message>
    <message>
        <source>Previous change of rate</source>
        <translation>Vorige Änderung der Rate</translation>
    </message>
    <message>
        <source>Previous error</source>
        <translation>Voriger Fehler</translation>
    </message>
    <message>
        <source>Previous event</source>
        <translation>Voriges Ereignis</translation>
    </message>
    <message>
        <source>Previous finding</source>
        <translation>Voriger Befund</translation>
    </message>
    <message>
        <source>Previous gap</source>
        <translation>Vorige Lücke</translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>Vorheriger Treffer (Umschalt+F3)</translation>
    </message>
    <message>
        <source>Print pre&amp;view…</source>
        <translation>Druck&amp;vorschau…</translation>
    </message>
    <message>
        <source>Print preview</source>
        <translation>Druckvorschau</translation>
    </message>
    <message>
        <source>Print the postmortem</source>
        <translation>Das Postmortem drucken</translation>
    </message>
    <message>
        <source>Printed to %1</source>
        <translation>Gedruckt auf %1</translation>
    </message>
    <message>
        <source>Printing to %1 …</source>
        <translation>Druckt auf %1 …</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Vorrang</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Put the cursor into a text first.</source>
        <translation>Zuerst die Schreibmarke in einen Text setzen.</translation>
    </message>
    <message>
        <source>Put the cursor into a text, or choose an entry of the timeline, first.</source>
        <translation>Zuerst die Schreibmarke in einen Text setzen oder einen Eintrag der Zeitleiste wählen.</translation>
    </message>
    <message>
        <source>Puts the entries in the order of their times</source>
        <translation>Ordnet die Einträge nach ihren Zeiten</translation>
    </message>
    <message>
        <source>Question in SQL</source>
        <translation>Frage in SQL</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>Ruhig</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Read by: %1</source>
        <translation>Gelesen von: %1</translation>
    </message>
    <message>
        <source>Read on or a&amp;nalyse again</source>
        <translation>Weiterlesen oder &amp;neu analysieren</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
    <message>
        <source>Reading again failed: %1</source>
        <translation>Erneutes Lesen scheiterte: %1</translation>
    </message>
    <message>
        <source>Reading failed: %1</source>
        <translation>Lesen scheiterte: %1</translation>
    </message>
    <message>
        <source>Reading the cases …</source>
        <translation>Fälle werden gelesen …</translation>
    </message>
    <message>
        <source>Reading the first lines …</source>
        <translation>Lese die ersten Zeilen …</translation>
    </message>
    <message>
        <source>Reading was stopped before its end: there is no analysis.</source>
        <translation>Das Lesen wurde vorher abgebrochen: es gibt keine Analyse.</translation>
    </message>
    <message>
        <source>Reading was stopped before its end: this holds for what was read.</source>
        <translation>Das Lesen wurde vorher abgebrochen: dies gilt für das Gelesene.</translation>
    </message>
    <message>
        <source>Reading was stopped; what is read so far is shown.</source>
        <translation>Das Lesen wurde abgebrochen; gezeigt wird, was bis dahin gelesen ist.</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Recent and saved filters</source>
        <translation>Letzte und gespeicherte Filter</translation>
    </message>
    <message>
        <source>Recent and saved filters (Alt+Down); Up and Down go through them</source>
        <translation>Letzte und gespeicherte Filter (Alt+Herunter); Hoch und Herunter gehen sie durch</translation>
    </message>
    <message>
        <source>Recorded incidents to try</source>
        <translation>Aufgezeichnete Störungen zum Ausprobieren</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Erholt</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Red is where requests failed or were slow. Drag over a part: charts and lines show what you chose. i shows the incident, 0 shows all.</source>
        <translation>Rot ist, wo Anfragen scheiterten oder langsam waren. Über einen Teil ziehen: Diagramme und Zeilen zeigen die Auswahl. i zeigt die Störung, 0 alles.</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>Remarks on the document that was read (%1)</source>
        <translation>Bemerkungen zum gelesenen Dokument (%1)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove a chart</source>
        <translation>Diagramm entfernen</translation>
    </message>
    <message>
        <source>Remove a saved filter</source>
        <translation>Gespeicherten Filter entfernen</translation>
    </message>
    <message>
        <source>Remove bookmark</source>
        <translation>Lesezeichen entfernen</translation>
    </message>
    <message>
        <source>Remove entry</source>
        <translation>Eintrag entfernen</translation>
    </message>
    <message>
        <source>Remove hypothesis</source>
        <translation>Hypothese entfernen</translation>
    </message>
    <message>
        <source>Remove the case “%1”?</source>
        <translation>Den Fall „%1“ entfernen?</translation>
    </message>
    <message>
        <source>Remove this case</source>
        <translation>Diesen Fall entfernen</translation>
    </message>
    <message>
        <source>Remove this case…</source>
        <translation>Diesen Fall entfernen…</translation>
    </message>
    <message>
        <source>Rename bookmark</source>
        <translation>Lesezeichen umbenennen</translation>
    </message>
    <message>
        <source>Rename the postmortem</source>
        <translation>Postmortem umbenennen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace all</source>
        <translation>Alle ersetzen</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>Anfrage-ID</translation>
    </message>
    <message>
        <source>Requests by status</source>
        <translation>Anfragen nach Status</translation>
    </message>
    <message>
        <source>Requests failed</source>
        <translation>Fehlgeschlagene Anfragen</translation>
    </message>
    <message>
        <source>Requests of %1 that pass the filter %2.</source>
        <translation>Anfragen von %1, die zum Filter %2 passen.</translation>
    </message>
    <message>
        <source>Requests per second</source>
        <translation>Anfragen pro Sekunde</translation>
    </message>
    <message>
        <source>Requests per second by %1</source>
        <translation>Anfragen pro Sekunde nach %1</translation>
    </message>
    <message>
        <source>Requests: %1; others they are compared with: %2.</source>
        <translation>Anfragen: %1; andere, mit denen sie verglichen werden: %2.</translation>
    </message>
    <message>
        <source>Resize charts</source>
        <translation>Größe der Diagramme ändern</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Behebung</translation>
    </message>
    <message>
        <source>Resolved after</source>
        <translation>Behoben nach</translation>
    </message>
    <message>
        <source>Resources of a host</source>
        <translation>Ressourcen eines Hosts</translation>
    </message>
    <message>
        <source>Response time</source>
        <translation>Antwortzeit</translation>
    </message>
    <message>
        <source>Response time p95 per server</source>
        <translation>Antwortzeit p95 je Server</translation>
    </message>
    <message>
        <source>Restore this revision</source>
        <translation>Diese Fassung wiederherstellen</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Reviewers</source>
        <translation>Gutachter</translation>
    </message>
    <message>
        <source>Revisions</source>
        <translation>Fassungen</translation>
    </message>
    <message>
        <source>Right-click to choose columns and how times are written</source>
        <translation>Rechtsklick: Spalten und Schreibweise der Zeiten wählen</translation>
    </message>
    <message>
        <source>Root cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>Root cause and resolution</source>
        <translation>Ursache und Behebung</translation>
    </message>
    <message>
        <source>Ruled out</source>
        <translation>Ausgeschlossen</translation>
    </message>
    <message>
        <source>Ruled out or open</source>
        <translation>Ausgeschlossen oder offen</translation>
    </message>
    <message>
        <source>Same case</source>
        <translation>Groß- und Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Save as CS&amp;V…</source>
        <translation>Als CS&amp;V speichern…</translation>
    </message>
    <message>
        <source>Save as a script</source>
        <translation>Als Skript speichern</translation>
    </message>
    <message>
        <source>Save as a script…</source>
        <translation>Als Skript speichern…</translation>
    </message>
    <message>
        <source>Save picture (PNG, SVG)…</source>
        <translation>Bild speichern (PNG, SVG)…</translation>
    </message>
    <message>
        <source>Save the answer</source>
        <translation>Antwort speichern</translation>
    </message>
    <message>
        <source>Save the chart</source>
        <translation>Diagramm speichern</translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation>Diesen Filter speichern</translation>
    </message>
    <message>
        <source>Save this filter…</source>
        <translation>Diesen Filter speichern…</translation>
    </message>
    <message>
        <source>Saved to %1</source>
        <translation>Gespeichert: %1</translation>
    </message>
    <message>
        <source>Scale a chart</source>
        <translation>Diagramm anders skalieren</translation>
    </message>
    <message>
        <source>Score %1 %</source>
        <translation>Wertung %1 %</translation>
    </message>
    <message>
        <source>Search commands and keys</source>
        <translation>Befehle und Tasten suchen</translation>
    </message>
    <message>
        <source>Search in all postmortems</source>
        <translation>In allen Postmortems suchen</translation>
    </message>
    <message>
        <source>Search the handbook</source>
        <translation>Im Handbuch suchen</translation>
    </message>
    <message numerus="yes">
        <source>Searching: %1 found, %2 of %3 lines looked at</source>
        <translation><numerusform>Suche: %1 gefunden, %2 von %3 Zeile angesehen</numerusform><numerusform>Suche: %1 gefunden, %2 von %3 Zeilen angesehen</numerusform></translation>
    </message>
    <message>
        <source>Seconds that the clock is ahead</source>
        <translation>Sekunden, die die Uhr vorgeht</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>Select a line first</source>
        <translation>Erst eine Zeile wählen</translation>
    </message>
    <message>
        <source>Select a line to see what is in it.</source>
        <translation>Eine Zeile wählen, um zu sehen, was in ihr steht.</translation>
    </message>
    <message>
        <source>Selected line speaks for it</source>
        <translation>Gewählte Zeile spricht dafür</translation>
    </message>
    <message>
        <source>Sentences</source>
        <translation>Sätze</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Server that writes by the format string</source>
        <translation>Server, der nach dieser Formatangabe schreibt</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Servers, sources and bookmarks</source>
        <translation>Server, Quellen und Lesezeichen</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
    <message>
        <source>Services outside</source>
        <translation>Fremde Dienste</translation>
    </message>
    <message>
        <source>Set &amp;by hand:</source>
        <translation>Von &amp;Hand gestellt:</translation>
    </message>
    <message>
        <source>Set a host's clock</source>
        <translation>Uhr eines Hosts stellen</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Share of requests during the incident / share expected during it, which is the dashed line in the chart</source>
        <translation>Anteil der Anfragen während der Störung / dabei erwarteter Anteil, die gestrichelte Linie im Diagramm</translation>
    </message>
    <message>
        <source>Share of traffic</source>
        <translation>Anteil am Verkehr</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>&amp;Alles zeigen</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show all charts</source>
        <translation>Alle Diagramme zeigen</translation>
    </message>
    <message>
        <source>Show in Investigate</source>
        <translation>In „Untersuchen“ zeigen</translation>
    </message>
    <message>
        <source>Show its lines alone</source>
        <translation>Nur ihre Zeilen zeigen</translation>
    </message>
    <message>
        <source>Show or hide a line of the charts</source>
        <translation>Linie der Diagramme zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show the &amp;incident</source>
        <translation>Die &amp;Störung zeigen</translation>
    </message>
    <message>
        <source>Show the evidence or entry that is linked here</source>
        <translation>Den Beleg oder Eintrag zeigen, auf den hier verwiesen wird</translation>
    </message>
    <message>
        <source>Shows the entries of one kind; the others stay in the document</source>
        <translation>Zeigt die Einträge einer Art; die anderen bleiben im Dokument</translation>
    </message>
    <message>
        <source>Shows the time of this request alone</source>
        <translation>Zeigt nur die Zeit dieser Anfrage</translation>
    </message>
    <message>
        <source>Shows this window in every chart</source>
        <translation>Zeigt dieses Fenster in allen Diagrammen</translation>
    </message>
    <message>
        <source>Slow requests per server</source>
        <translation>Langsame Anfragen je Server</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinere Schrift</translation>
    </message>
    <message>
        <source>Sort by time</source>
        <translation>Nach Zeit ordnen</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Spelling</source>
        <translation>Rechtschreibung</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Split after the first sentence</source>
        <translation>Nach dem ersten Satz teilen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Start as written</source>
        <translation>Beginn, wie geschrieben</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop the search</source>
        <translation>Suche anhalten</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message numerus="yes">
        <source>Stopped after %1 of %2 lines; the first %3 of %4 found in them are marked</source>
        <translation><numerusform>Nach %1 von %2 Zeile angehalten; die ersten %3 von %4 darin gefundenen sind markiert</numerusform><numerusform>Nach %1 von %2 Zeilen angehalten; die ersten %3 von %4 darin gefundenen sind markiert</numerusform></translation>
    </message>
    <message>
        <source>Surged message</source>
        <translation>Häufigere Meldung</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Tables and columns</source>
        <translation>Tabellen und Spalten</translation>
    </message>
    <message>
        <source>Take %1 away</source>
        <translation>%1 wegnehmen</translation>
    </message>
    <message>
        <source>Take it over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Take over a written postmortem</source>
        <translation>Geschriebenes Postmortem übernehmen</translation>
    </message>
    <message>
        <source>Take over a written postmortem…</source>
        <translation>Geschriebenes Postmortem übernehmen…</translation>
    </message>
    <message>
        <source>Take what is offered first, or marked</source>
        <translation>Das Erste oder Markierte der Angebote nehmen</translation>
    </message>
    <message>
        <source>Taken back: %1</source>
        <translation>Zurückgenommen: %1</translation>
    </message>
    <message>
        <source>Taken over. Entries: %1, tasks: %2, pieces kept as they stood: %3, remarks: %4. What was written before is in the history.</source>
        <translation>Übernommen. Einträge: %1, Aufgaben: %2, unverändert behaltene Stücke: %3, Bemerkungen: %4. Was vorher geschrieben war, ist im Verlauf.</translation>
    </message>
    <message>
        <source>Takes it away</source>
        <translation>Nimmt es weg</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>Telling messages</source>
        <translation>Aussagekräftige Meldungen</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text as written</source>
        <translation>Text wie geschrieben</translation>
    </message>
    <message>
        <source>Text of a line</source>
        <translation>Text einer Zeile</translation>
    </message>
    <message>
        <source>Text of the revision</source>
        <translation>Text der Fassung</translation>
    </message>
    <message>
        <source>The %1 before compared with the %1 after</source>
        <translation>%1 davor verglichen mit %1 danach</translation>
    </message>
    <message>
        <source>The &amp;usual charts</source>
        <translation>Die ü&amp;blichen Diagramme</translation>
    </message>
    <message>
        <source>The analysis failed: %1</source>
        <translation>Die Analyse scheiterte: %1</translation>
    </message>
    <message>
        <source>The balancer's clock is what others are compared with</source>
        <translation>Mit der Uhr des Loadbalancers werden die anderen verglichen</translation>
    </message>
    <message>
        <source>The case is open elsewhere: it cannot be changed here</source>
        <translation>Der Fall ist anderswo offen: Hier lässt er sich nicht ändern</translation>
    </message>
    <message>
        <source>The chart was copied</source>
        <translation>Das Diagramm wurde kopiert</translation>
    </message>
    <message>
        <source>The chart's values were copied</source>
        <translation>Die Werte des Diagramms wurden kopiert</translation>
    </message>
    <message>
        <source>The chosen format, with sample lines</source>
        <translation>Das gewählte Format mit Beispielzeilen</translation>
    </message>
    <message>
        <source>The command gathers a host's logs, configurations and clock into one archive. It changes nothing there and needs no root.</source>
        <translation>Der Befehl sammelt Logs, Konfigurationen und Uhr eines Hosts in einem Archiv. Er ändert dort nichts und braucht kein root.</translation>
    </message>
    <message>
        <source>The document's times are in %1, those of the window in %2</source>
        <translation>Die Zeiten des Dokuments sind in %1, die des Fensters in %2</translation>
    </message>
    <message>
        <source>The end is not after the start</source>
        <translation>Das Ende liegt nicht hinter dem Anfang</translation>
    </message>
    <message>
        <source>The export to %1 was stopped.</source>
        <translation>Der Export nach %1 wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The file could not be moved to the trash: %1</source>
        <translation>Die Datei ließ sich nicht in den Papierkorb legen: %1</translation>
    </message>
    <message>
        <source>The filter</source>
        <translation>Der Filter</translation>
    </message>
    <message>
        <source>The filter leaves these lanes as they are</source>
        <translation>Der Filter lässt diese Spuren, wie sie sind</translation>
    </message>
    <message numerus="yes">
        <source>The first %1 rows, in %2</source>
        <translation><numerusform>Die erste %1 Zeile in %2</numerusform><numerusform>Die ersten %1 Zeilen in %2</numerusform></translation>
    </message>
    <message>
        <source>The first ones only: there are more</source>
        <translation>Nur die ersten: es gibt mehr</translation>
    </message>
    <message>
        <source>The formats could not be loaded.</source>
        <translation>Die Formate konnten nicht geladen werden.</translation>
    </message>
    <message>
        <source>The logs are being analysed …</source>
        <translation>Die Logs werden analysiert …</translation>
    </message>
    <message>
        <source>The logs are being read …</source>
        <translation>Die Logs werden gelesen …</translation>
    </message>
    <message>
        <source>The logs are being read.
The postmortem is drafted once they are analysed.</source>
        <translation>Die Logs werden gelesen.
Das Postmortem wird entworfen, sobald sie analysiert sind.</translation>
    </message>
    <message>
        <source>The logs tell nothing new since the last draft.</source>
        <translation>Die Logs sagen seit dem letzten Entwurf nichts Neues.</translation>
    </message>
    <message>
        <source>The logs tell this since the last draft. What people wrote stays.</source>
        <translation>Dies sagen die Logs seit dem letzten Entwurf. Geschriebenes bleibt.</translation>
    </message>
    <message>
        <source>The next (F3)</source>
        <translation>Nächste Stelle (F3)</translation>
    </message>
    <message>
        <source>The one before (Shift+F3)</source>
        <translation>Vorige Stelle (Umschalt+F3)</translation>
    </message>
    <message>
        <source>The postmortem</source>
        <translation>Das Postmortem</translation>
    </message>
    <message>
        <source>The postmortem could not be saved. If the case is closed now, what was written since it was saved last is lost.</source>
        <translation>Das Postmortem konnte nicht gespeichert werden. Wird der Fall jetzt geschlossen, geht verloren, was seit dem letzten Speichern geschrieben wurde.</translation>
    </message>
    <message numerus="yes">
        <source>The search was stopped after %1 of %2 lines; these are the first of %3 found in them.</source>
        <translation><numerusform>Die Suche wurde nach %1 von %2 Zeile angehalten; dies sind die ersten von %3 darin gefundenen.</numerusform><numerusform>Die Suche wurde nach %1 von %2 Zeilen angehalten; dies sind die ersten von %3 darin gefundenen.</numerusform></translation>
    </message>
    <message>
        <source>The selected line, %1</source>
        <translation>Die gewählte Zeile, %1</translation>
    </message>
    <message>
        <source>The selected line, field by field</source>
        <translation>Die gewählte Zeile, Feld für Feld</translation>
    </message>
    <message>
        <source>The server's own format string</source>
        <translation>Die Formatangabe des Servers selbst</translation>
    </message>
    <message>
        <source>The usual charts</source>
        <translation>Die üblichen Diagramme</translation>
    </message>
    <message>
        <source>The usual colour</source>
        <translation>Die übliche Farbe</translation>
    </message>
    <message>
        <source>The usual columns</source>
        <translation>Die üblichen Spalten</translation>
    </message>
    <message>
        <source>The whole recording</source>
        <translation>Die ganze Aufzeichnung</translation>
    </message>
    <message>
        <source>The word is known until Postlude ends; the list of words was not written: %1</source>
        <translation>Das Wort ist bekannt, bis Postlude endet; die Wörterliste wurde nicht geschrieben: %1</translation>
    </message>
    <message>
        <source>The zone in which charts and lines show their times</source>
        <translation>Die Zone, in der Diagramme und Zeilen ihre Zeiten zeigen</translation>
    </message>
    <message>
        <source>The zone of charts and lines. The document has one of its own, in its issue summary.</source>
        <translation>Die Zone der Diagramme und Zeilen. Das Dokument hat eine eigene, in seiner Zusammenfassung.</translation>
    </message>
    <message>
        <source>There is no analysis of these logs yet.
The postmortem is drafted once there is one.</source>
        <translation>Diese Logs sind noch nicht analysiert.
Das Postmortem wird entworfen, sobald sie es sind.</translation>
    </message>
    <message>
        <source>There is no analysis of these logs.</source>
        <translation>Diese Logs sind nicht analysiert.</translation>
    </message>
    <message>
        <source>There is no evidence yet: choose or bookmark a line in Investigate.</source>
        <translation>Es gibt noch keinen Beleg: eine Zeile in „Untersuchen“ wählen oder merken.</translation>
    </message>
    <message>
        <source>There is no postmortem to add to yet</source>
        <translation>Es gibt noch kein Postmortem, in das es eingetragen werden könnte</translation>
    </message>
    <message>
        <source>There is no source %1 in this case</source>
        <translation>In diesem Fall gibt es keine Quelle %1</translation>
    </message>
    <message>
        <source>There is no time zone “%1”</source>
        <translation>Eine Zeitzone „%1“ gibt es nicht</translation>
    </message>
    <message>
        <source>There is no value to filter by</source>
        <translation>Hier ist kein Wert zum Filtern</translation>
    </message>
    <message>
        <source>There is no word in it to filter by</source>
        <translation>Darin ist kein Wort zum Filtern</translation>
    </message>
    <message>
        <source>There is nothing to export yet.</source>
        <translation>Noch gibt es nichts zu exportieren.</translation>
    </message>
    <message>
        <source>There is nothing to print yet.</source>
        <translation>Es gibt noch nichts zu drucken.</translation>
    </message>
    <message>
        <source>These logs hold no requests, only messages: there is nothing to count</source>
        <translation>Diese Logs enthalten keine Anfragen, nur Meldungen: Es gibt nichts zu zählen</translation>
    </message>
    <message>
        <source>This case is open elsewhere or read-only: nothing can be changed</source>
        <translation>Dieser Fall ist anderswo geöffnet oder schreibgeschützt: nichts lässt sich ändern</translation>
    </message>
    <message>
        <source>This case is open. Close it, then it can be removed.</source>
        <translation>Dieser Fall ist offen. Wird er geschlossen, kann er entfernt werden.</translation>
    </message>
    <message>
        <source>This is open already</source>
        <translation>Das ist schon offen</translation>
    </message>
    <message>
        <source>This is the first revision.</source>
        <translation>Dies ist die erste Fassung.</translation>
    </message>
    <message>
        <source>This line cannot be read: %1</source>
        <translation>Diese Zeile ist nicht lesbar: %1</translation>
    </message>
    <message>
        <source>This mark leads to no evidence</source>
        <translation>Diese Marke führt zu keinem Beleg</translation>
    </message>
    <message>
        <source>This one, and on to the next</source>
        <translation>Diese, und weiter zur nächsten</translation>
    </message>
    <message>
        <source>This source as it was written</source>
        <translation>Diese Quelle wie geschrieben</translation>
    </message>
    <message>
        <source>This source as written, or all by time</source>
        <translation>Diese Quelle wie geschrieben, oder alle nach Zeit</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time &amp;zone</source>
        <translation>Zeit&amp;zone</translation>
    </message>
    <message>
        <source>Time &amp;zone:</source>
        <translation>Zeit&amp;zone:</translation>
    </message>
    <message>
        <source>Time (%1)</source>
        <translation>Zeit (%1)</translation>
    </message>
    <message>
        <source>Time axis</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>Time of the cursor</source>
        <translation>Zeit am Cursor</translation>
    </message>
    <message>
        <source>Time to detect and to resolve, incident by incident</source>
        <translation>Zeit bis zum Bemerken und bis zum Beheben, Störung für Störung</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Time zone: %1</source>
        <translation>Zeitzone: %1</translation>
    </message>
    <message>
        <source>Time zone: %1 ▾</source>
        <translation>Zeitzone: %1 ▾</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Times of day</source>
        <translation>Uhrzeiten</translation>
    </message>
    <message>
        <source>Times since the impact began</source>
        <translation>Zeiten seit Beginn der Auswirkung</translation>
    </message>
    <message>
        <source>Times since the line before</source>
        <translation>Zeiten seit der Zeile davor</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>To mend (%1)</source>
        <translation>Zu berichtigen (%1)</translation>
    </message>
    <message>
        <source>Tracker</source>
        <translation>Ticket</translation>
    </message>
    <message>
        <source>Trigger</source>
        <translation>Auslöser</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation>Befehl eingeben</translation>
    </message>
    <message>
        <source>Type status &gt;= 500, or words in quotes. Green is understood; red tells where it is not. Charts and lines show what matches.</source>
        <translation>Etwa status &gt;= 500 oder Wörter in Anführungszeichen. Grün ist verstanden, Rot sagt, wo nicht. Diagramme und Zeilen zeigen, was passt.</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Uneven shares</source>
        <translation>Ungleiche Anteile</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Use the logs' value</source>
        <translation>Wert der Logs nehmen</translation>
    </message>
    <message>
        <source>Users affected</source>
        <translation>Betroffene Nutzer</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>Nachprüfung</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>What can be done with it</source>
        <translation>Was sich damit tun lässt</translation>
    </message>
    <message>
        <source>What can be done with the line</source>
        <translation>Was sich mit der Zeile tun lässt</translation>
    </message>
    <message>
        <source>What changed at %1</source>
        <translation>Was sich um %1 änderte</translation>
    </message>
    <message>
        <source>What could not be read</source>
        <translation>Was nicht gelesen werden konnte</translation>
    </message>
    <message>
        <source>What each server got, and how it fared</source>
        <translation>Was jeder Server bekam, und wie es ihm erging</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>What happened meanwhile</source>
        <translation>Was währenddessen geschah</translation>
    </message>
    <message>
        <source>What is replaced</source>
        <translation>Was ersetzt wird</translation>
    </message>
    <message>
        <source>What may be typed here</source>
        <translation>Was hier stehen kann</translation>
    </message>
    <message>
        <source>What may have caused it?</source>
        <translation>Was kann die Ursache sein?</translation>
    </message>
    <message>
        <source>What recurs</source>
        <translation>Was wiederkehrt</translation>
    </message>
    <message>
        <source>What the incident is called</source>
        <translation>Wie die Störung heißt</translation>
    </message>
    <message>
        <source>What the logs say</source>
        <translation>Was die Logs sagen</translation>
    </message>
    <message>
        <source>What to collect</source>
        <translation>Was zu sammeln ist</translation>
    </message>
    <message>
        <source>What users saw</source>
        <translation>Was Nutzer sahen</translation>
    </message>
    <message>
        <source>What was read last is not shown: %1</source>
        <translation>Was zuletzt gelesen wurde, ist nicht zu sehen: %1</translation>
    </message>
    <message>
        <source>What went well</source>
        <translation>Was gut lief</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>Was schlecht lief</translation>
    </message>
    <message>
        <source>When it began and ended, what caused it, and what it was not. Each finding leads to its lines: check what you doubt.</source>
        <translation>Wann es begann und endete, was es verursachte und was nicht. Jeder Befund führt zu seinen Zeilen: Zweifelhaftes lässt sich prüfen.</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Where the cursor is</source>
        <translation>Wo die Schreibmarke steht</translation>
    </message>
    <message>
        <source>Where we got lucky</source>
        <translation>Wo wir Glück hatten</translation>
    </message>
    <message>
        <source>Which formats are known, and how to add one of your own</source>
        <translation>Welche Formate bekannt sind, und wie ein eigenes dazukommt</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Ganze Wörter</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Why it was not read</source>
        <translation>Warum nicht gelesen</translation>
    </message>
    <message>
        <source>Window and filter stand in brackets behind each sentence: by them its numbers are checked, here and by whoever reads the report. The words may be changed.</source>
        <translation>Fenster und Filter stehen in Klammern hinter jedem Satz: Daran werden seine Zahlen geprüft, hier und von jedem, der den Bericht liest. Die Worte dürfen geändert werden.</translation>
    </message>
    <message>
        <source>With its postmortem, bookmarks and findings. The file goes to the trash, and can be taken from there again; the logs stay.</source>
        <translation>Mit Postmortem, Lesezeichen und Befunden. Die Datei kommt in den Papierkorb und kann von dort zurückgeholt werden; die Logs bleiben.</translation>
    </message>
    <message>
        <source>Without %1</source>
        <translation>Ohne %1</translation>
    </message>
    <message>
        <source>Write a question first</source>
        <translation>Erst eine Frage schreiben</translation>
    </message>
    <message>
        <source>Write the edition…</source>
        <translation>Ausgabe schreiben…</translation>
    </message>
    <message>
        <source>Write times otherwise</source>
        <translation>Zeiten anders schreiben</translation>
    </message>
    <message>
        <source>Writes what the logs say into the field</source>
        <translation>Schreibt ins Feld, was die Logs sagen</translation>
    </message>
    <message>
        <source>Your note</source>
        <translation>Eigene Notiz</translation>
    </message>
    <message>
        <source>Your verdict</source>
        <translation>Eigenes Urteil</translation>
    </message>
    <message>
        <source>Your verdict: %1</source>
        <translation>Eigenes Urteil: %1</translation>
    </message>
    <message>
        <source>Your verdict: open</source>
        <translation>Eigenes Urteil: offen</translation>
    </message>
    <message>
        <source>Zone (a name or +hh:mm):</source>
        <translation>Zone (ein Name oder +hh:mm):</translation>
    </message>
    <message>
        <source>Zone of the clock that wrote the lines: a name, or +hh:mm</source>
        <translation>Zone der Uhr, die die Zeilen schrieb: ein Name oder +hh:mm</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Zoom i&amp;n</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>noch wenige Sekunden</translation>
    </message>
    <message>
        <source>a resource of the proxy ran out</source>
        <translation>dem Proxy ging ein Betriebsmittel aus</translation>
    </message>
    <message>
        <source>aborted by the client</source>
        <translation>vom Client abgebrochen</translation>
    </message>
    <message>
        <source>aborted or refused by the server</source>
        <translation>vom Server abgebrochen oder abgelehnt</translation>
    </message>
    <message>
        <source>about %1 min left</source>
        <translation>noch etwa %1 min</translation>
    </message>
    <message>
        <source>about %1 s left</source>
        <translation>noch etwa %1 s</translation>
    </message>
    <message>
        <source>access and application logs of the servers behind it</source>
        <translation>Zugriffs- und Anwendungslogs der Server dahinter</translation>
    </message>
    <message numerus="yes">
        <source>after: %1 requests, share %2, %3 failed</source>
        <translation><numerusform>nachher: %1 Anfrage, Anteil %2, %3 fehlgeschlagen</numerusform><numerusform>nachher: %1 Anfragen, Anteil %2, %3 fehlgeschlagen</numerusform></translation>
    </message>
    <message>
        <source>against it</source>
        <translation>dagegen</translation>
    </message>
    <message>
        <source>against: %1</source>
        <translation>dagegen: %1</translation>
    </message>
    <message>
        <source>alerts, deploys and the log of changes</source>
        <translation>Alarme, Deployments und das Änderungsprotokoll</translation>
    </message>
    <message>
        <source>all after it: %1</source>
        <translation>alles danach: %1</translation>
    </message>
    <message>
        <source>all before it: %1</source>
        <translation>alles davor: %1</translation>
    </message>
    <message>
        <source>all that was recorded</source>
        <translation>alles Aufgezeichnete</translation>
    </message>
    <message>
        <source>all traffic, not filtered</source>
        <translation>aller Verkehr, nicht gefiltert</translation>
    </message>
    <message>
        <source>all: %1</source>
        <translation>alle: %1</translation>
    </message>
    <message>
        <source>an export of the incident's chat</source>
        <translation>ein Export des Chats zur Störung</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation><numerusform>und %n weitere</numerusform><numerusform>und %n weitere</numerusform></translation>
    </message>
    <message>
        <source>answered by the proxy itself</source>
        <translation>vom Proxy selbst beantwortet</translation>
    </message>
    <message>
        <source>as long before it: %1</source>
        <translation>ebenso lange davor: %1</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>höchstens</translation>
    </message>
    <message>
        <source>backend</source>
        <translation>Backend</translation>
    </message>
    <message>
        <source>because the client was tarpitted</source>
        <translation>weil der Client hingehalten wurde (Tarpit)</translation>
    </message>
    <message numerus="yes">
        <source>before: %1 requests, share %2, %3 failed</source>
        <translation><numerusform>vorher: %1 Anfrage, Anteil %2, %3 fehlgeschlagen</numerusform><numerusform>vorher: %1 Anfragen, Anteil %2, %3 fehlgeschlagen</numerusform></translation>
    </message>
    <message>
        <source>began %1</source>
        <translation>begann %1</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>eingebaut</translation>
    </message>
    <message>
        <source>case saved</source>
        <translation>Fall gespeichert</translation>
    </message>
    <message>
        <source>chart</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>chart: %1</source>
        <translation>Diagramm: %1</translation>
    </message>
    <message>
        <source>client network</source>
        <translation>Netz der Clients</translation>
    </message>
    <message>
        <source>column %1: %2</source>
        <translation>Spalte %1: %2</translation>
    </message>
    <message>
        <source>column %1: no line has a field %2</source>
        <translation>Spalte %1: Keine Zeile hat ein Feld %2</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>detected after</source>
        <translation>bemerkt nach</translation>
    </message>
    <message>
        <source>did it come shortly before the trouble?</source>
        <translation>kam es kurz vor der Störung?</translation>
    </message>
    <message>
        <source>did the trouble end when it was taken back?</source>
        <translation>endete die Störung, als es zurückgenommen wurde?</translation>
    </message>
    <message>
        <source>does the trouble look as this would make it look?</source>
        <translation>sieht die Störung so aus, wie es dadurch zu erwarten wäre?</translation>
    </message>
    <message numerus="yes">
        <source>during: %1 requests, share %2, %3 failed</source>
        <translation><numerusform>währenddessen: %1 Anfrage, Anteil %2, %3 fehlgeschlagen</numerusform><numerusform>währenddessen: %1 Anfragen, Anteil %2, %3 fehlgeschlagen</numerusform></translation>
    </message>
    <message>
        <source>e-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>else</source>
        <translation>sonst</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>ended by the proxy</source>
        <translation>vom Proxy beendet</translation>
    </message>
    <message>
        <source>ended normally</source>
        <translation>normal beendet</translation>
    </message>
    <message>
        <source>error %1 of %2</source>
        <translation>Fehler %1 von %2</translation>
    </message>
    <message>
        <source>error inside the server</source>
        <translation>Fehler im Server</translation>
    </message>
    <message>
        <source>errors</source>
        <comment>name of a chart</comment>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>expected before: %1</source>
        <translation>vorher erwartet: %1</translation>
    </message>
    <message>
        <source>expected before: %1 (weight %2)</source>
        <translation>vorher erwartet: %1 (Gewicht %2)</translation>
    </message>
    <message>
        <source>expected during: %1</source>
        <translation>währenddessen erwartet: %1</translation>
    </message>
    <message>
        <source>expected during: %1 (weight %2)</source>
        <translation>währenddessen erwartet: %1 (Gewicht %2)</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>fatal</source>
        <translation>fatal</translation>
    </message>
    <message>
        <source>fatal: %1</source>
        <translation>fatal: %1</translation>
    </message>
    <message>
        <source>first seen at %1 in %2</source>
        <translation>zuerst um %1 in %2</translation>
    </message>
    <message>
        <source>for: %1</source>
        <translation>dafür: %1</translation>
    </message>
    <message>
        <source>from half an hour before to half an hour after</source>
        <translation>von einer halben Stunde davor bis eine halbe Stunde danach</translation>
    </message>
    <message>
        <source>has these letters in it</source>
        <translation>enthält diese Buchstaben</translation>
    </message>
    <message>
        <source>holds no lines of text</source>
        <translation>enthält keine Textzeilen</translation>
    </message>
    <message>
        <source>host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>host's clock</source>
        <translation>Uhr des Hosts</translation>
    </message>
    <message>
        <source>how much more went wrong from then on?</source>
        <translation>wie viel mehr ging von da an schief?</translation>
    </message>
    <message>
        <source>imported in %1 · case saved</source>
        <translation>eingelesen in %1 · Fall gespeichert</translation>
    </message>
    <message>
        <source>in the queue, before a server was free</source>
        <translation>in der Warteschlange, bevor ein Server frei war</translation>
    </message>
    <message>
        <source>in view: %1</source>
        <translation>sichtbar: %1</translation>
    </message>
    <message>
        <source>incident %1 – %2 · %3</source>
        <translation>Störung %1 – %2 · %3</translation>
    </message>
    <message>
        <source>incident: %1</source>
        <translation>Störung: %1</translation>
    </message>
    <message>
        <source>internal error of the proxy</source>
        <translation>interner Fehler des Proxys</translation>
    </message>
    <message>
        <source>is</source>
        <translation>ist</translation>
    </message>
    <message>
        <source>is it where the trouble is?</source>
        <translation>ist es dort, wo die Störung ist?</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>ist nicht</translation>
    </message>
    <message>
        <source>is one of a list in brackets</source>
        <translation>ist einer aus einer Liste in Klammern</translation>
    </message>
    <message>
        <source>its bad requests with its good ones</source>
        <translation>die schlechten Anfragen mit den guten</translation>
    </message>
    <message>
        <source>its configuration before and after the last change</source>
        <translation>seine Konfiguration vor und nach der letzten Änderung</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>killed by an operator</source>
        <translation>von Hand beendet</translation>
    </message>
    <message>
        <source>killed: a backup server came up</source>
        <translation>beendet: ein Ersatzserver wurde verfügbar</translation>
    </message>
    <message>
        <source>killed: the server went down</source>
        <translation>beendet: der Server fiel aus</translation>
    </message>
    <message>
        <source>latency</source>
        <comment>name of a chart</comment>
        <translation>Antwortzeiten</translation>
    </message>
    <message>
        <source>less than</source>
        <translation>weniger als</translation>
    </message>
    <message>
        <source>level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>likely</source>
        <translation>wahrscheinlich</translation>
    </message>
    <message>
        <source>logs: %1</source>
        <translation>Logs: %1</translation>
    </message>
    <message>
        <source>match %1 of %2</source>
        <translation>Treffer %1 von %2</translation>
    </message>
    <message>
        <source>match %1 of %2 or more</source>
        <translation>Treffer %1 von %2 oder mehr</translation>
    </message>
    <message>
        <source>matches a regular expression</source>
        <translation>passt zu einem regulären Ausdruck</translation>
    </message>
    <message>
        <source>measured: %1</source>
        <translation>gemessen: %1</translation>
    </message>
    <message>
        <source>moment</source>
        <translation>Augenblick</translation>
    </message>
    <message>
        <source>more often: %1</source>
        <translation>häufiger: %1</translation>
    </message>
    <message>
        <source>more than</source>
        <translation>mehr als</translation>
    </message>
    <message>
        <source>network address</source>
        <translation>Netzadresse</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>new: %1</source>
        <translation>neu: %1</translation>
    </message>
    <message numerus="yes">
        <source>no format fits its %1 lines</source>
        <translation><numerusform>kein Format passt zu seiner %1 Zeile</numerusform><numerusform>kein Format passt zu seinen %1 Zeilen</numerusform></translation>
    </message>
    <message>
        <source>no log here</source>
        <translation>hier kein Log</translation>
    </message>
    <message>
        <source>no owner</source>
        <translation>niemand zuständig</translation>
    </message>
    <message>
        <source>no server</source>
        <translation>kein Server</translation>
    </message>
    <message>
        <source>no server available</source>
        <translation>kein Server verfügbar</translation>
    </message>
    <message>
        <source>no valid answer from the server</source>
        <translation>keine gültige Antwort des Servers</translation>
    </message>
    <message>
        <source>no values here</source>
        <translation>keine Werte hier</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>nicht hier</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>noch nicht gespeichert</translation>
    </message>
    <message>
        <source>not saved: will try again</source>
        <translation>nicht gespeichert: neuer Versuch folgt</translation>
    </message>
    <message>
        <source>not taken: %1</source>
        <translation>nicht übernommen: %1</translation>
    </message>
    <message>
        <source>not written</source>
        <translation>nicht geschrieben</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>nothing beyond the usual, %1 before and after</source>
        <translation>nichts Ungewöhnliches, %1 davor und danach</translation>
    </message>
    <message>
        <source>nothing to mend</source>
        <translation>nichts zu berichtigen</translation>
    </message>
    <message>
        <source>of the bad</source>
        <translation>der schlechten</translation>
    </message>
    <message>
        <source>of the good</source>
        <translation>der guten</translation>
    </message>
    <message>
        <source>of the others</source>
        <translation>der anderen</translation>
    </message>
    <message>
        <source>of these</source>
        <translation>von diesen</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>open elsewhere: read only</source>
        <translation>anderswo geöffnet: nur lesen</translation>
    </message>
    <message>
        <source>or is it what another one of these brought about?</source>
        <translation>oder ist es, was eine andere von diesen bewirkt hat?</translation>
    </message>
    <message>
        <source>others</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>possible</source>
        <translation>möglich</translation>
    </message>
    <message>
        <source>precedence</source>
        <translation>Vorangehen</translation>
    </message>
    <message>
        <source>queue %1</source>
        <translation>Warteschlange %1</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>schreibgeschützt</translation>
    </message>
    <message>
        <source>reading was stopped · case saved</source>
        <translation>Lesen abgebrochen · Fall gespeichert</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>requests</source>
        <comment>name of a chart</comment>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>resolved after</source>
        <translation>behoben nach</translation>
    </message>
    <message>
        <source>rise</source>
        <translation>Anstieg</translation>
    </message>
    <message>
        <source>ruled out</source>
        <translation>ausgeschlossen</translation>
    </message>
    <message>
        <source>saved %1 · revision %2</source>
        <translation>gespeichert %1 · Fassung %2</translation>
    </message>
    <message>
        <source>saving …</source>
        <translation>speichere …</translation>
    </message>
    <message>
        <source>secret</source>
        <translation>Geheimnis</translation>
    </message>
    <message>
        <source>server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>server = "app1" and status &gt;= 500 — tests of fields
"connection reset" — these words anywhere in a line
text ~ "timeout|reset" — a regular expression in the lines, (?i) for any case</source>
        <translation>server = "app1" and status &gt;= 500 — Bedingungen an Felder
"connection reset" — diese Wörter irgendwo in der Zeile
text ~ "timeout|reset" — ein regulärer Ausdruck in den Zeilen, (?i): Groß und klein gleich</translation>
    </message>
    <message>
        <source>service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>set</source>
        <comment>a clock, by hand</comment>
        <translation>gestellt</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>Gestalt</translation>
    </message>
    <message>
        <source>share</source>
        <comment>name of a chart</comment>
        <translation>Anteile</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>speaks against it</source>
        <translation>spricht dagegen</translation>
    </message>
    <message>
        <source>speaks for it</source>
        <translation>spricht dafür</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>überholt</translation>
    </message>
    <message>
        <source>status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>supported</source>
        <translation>gestützt</translation>
    </message>
    <message>
        <source>surged</source>
        <translation>häuft sich</translation>
    </message>
    <message>
        <source>the client took too long</source>
        <translation>der Client brauchte zu lange</translation>
    </message>
    <message>
        <source>the client went away</source>
        <translation>der Client brach ab</translation>
    </message>
    <message>
        <source>the clock of %1 is off by %2, corrected</source>
        <translation>die Uhr von %1 geht um %2 falsch, berichtigt</translation>
    </message>
    <message>
        <source>the clock of %1 was set by hand to %2; times are corrected</source>
        <translation>die Uhr von %1 ist von Hand auf %2 gestellt; die Zeiten sind berichtigt</translation>
    </message>
    <message>
        <source>the database's log</source>
        <translation>das Log der Datenbank</translation>
    </message>
    <message>
        <source>the load balancer's logs, rotated parts too</source>
        <translation>die Logs des Loadbalancers, auch rotierte Teile</translation>
    </message>
    <message>
        <source>the same path and method at that time; no id proves it</source>
        <translation>gleicher Pfad und gleiche Methode zu dieser Zeit; keine ID beweist es</translation>
    </message>
    <message>
        <source>the same request id</source>
        <translation>dieselbe Anfrage-ID</translation>
    </message>
    <message>
        <source>the server side took too long</source>
        <translation>die Serverseite brauchte zu lange</translation>
    </message>
    <message>
        <source>the server took too long</source>
        <translation>der Server brauchte zu lange</translation>
    </message>
    <message>
        <source>the server whose log it is; the line names none</source>
        <translation>der Server, dessen Log es ist; die Zeile nennt keinen</translation>
    </message>
    <message>
        <source>the whole request</source>
        <translation>die ganze Anfrage</translation>
    </message>
    <message>
        <source>their dates state no year</source>
        <translation>ihre Daten nennen kein Jahr</translation>
    </message>
    <message>
        <source>their times state no zone</source>
        <translation>ihre Zeiten nennen keine Zone</translation>
    </message>
    <message>
        <source>this case</source>
        <translation>dieser Fall</translation>
    </message>
    <message numerus="yes">
        <source>this host's clock is off by %1 ± %2 (%3 matched requests); times are corrected</source>
        <translation><numerusform>die Uhr dieses Hosts geht um %1 ± %2 falsch (%3 zugeordnete Anfrage); Zeiten sind berichtigt</numerusform><numerusform>die Uhr dieses Hosts geht um %1 ± %2 falsch (%3 zugeordnete Anfragen); Zeiten sind berichtigt</numerusform></translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>dieser Rechner</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>time zone %1, %2</source>
        <translation>Zeitzone %1, %2</translation>
    </message>
    <message>
        <source>times as frequent</source>
        <translation>mal so häufig</translation>
    </message>
    <message>
        <source>times as likely to be bad</source>
        <translation>mal so oft schlecht</translation>
    </message>
    <message>
        <source>times in %1</source>
        <translation>Zeiten in %1</translation>
    </message>
    <message>
        <source>times in %1, host clocks as written</source>
        <translation>Zeiten in %1, Uhren wie geschrieben</translation>
    </message>
    <message>
        <source>times in %1, host clocks corrected</source>
        <translation>Zeiten in %1, Uhren berichtigt</translation>
    </message>
    <message>
        <source>too many requests</source>
        <translation>zu viele Anfragen</translation>
    </message>
    <message>
        <source>undecided</source>
        <translation>unentschieden</translation>
    </message>
    <message>
        <source>undoing</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>until the connection to the server stood</source>
        <translation>bis die Verbindung zum Server stand</translation>
    </message>
    <message>
        <source>until the server's answer began</source>
        <translation>bis die Antwort des Servers begann</translation>
    </message>
    <message>
        <source>use it</source>
        <translation>übernehmen</translation>
    </message>
    <message>
        <source>waited for a free place</source>
        <translation>wartete auf einen freien Platz</translation>
    </message>
    <message>
        <source>while connecting to the server</source>
        <translation>beim Verbinden mit dem Server</translation>
    </message>
    <message>
        <source>while data was sent</source>
        <translation>beim Senden der Daten</translation>
    </message>
    <message>
        <source>while the last data was sent to the client</source>
        <translation>beim Senden der letzten Daten an den Client</translation>
    </message>
    <message>
        <source>while waiting for the answer's head</source>
        <translation>beim Warten auf den Kopf der Antwort</translation>
    </message>
    <message>
        <source>while waiting for the request</source>
        <translation>beim Warten auf die Anfrage</translation>
    </message>
    <message>
        <source>window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>wrong? right-click for how it is read</source>
        <translation>falsch? Rechtsklick zeigt, wie gelesen wird</translation>
    </message>
    <message>
        <source>yours</source>
        <translation>eigenes</translation>
    </message>
    <message>
        <source>±</source>
        <comment>head of a column: how far a time may be off</comment>
        <translation>±</translation>
    </message>
    <message>
        <source>– no data in the logs</source>
        <translation>– keine Daten in den Logs</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>… und %1 weitere</translation>
    </message>
    <message>
        <source>⇄ no line of it on the other side</source>
        <translation>⇄ keine Zeile davon auf der anderen Seite</translation>
    </message>
    <message>
        <source>◀ Event</source>
        <translation>◀ Ereignis</translation>
    </message>
    <message>
        <source>✓ logs: %1</source>
        <translation>✓ Logs: %1</translation>
    </message>
    <message>
        <source>✕ logs: %1</source>
        <translation>✕ Logs: %1</translation>
    </message>
</context>
</TS>
