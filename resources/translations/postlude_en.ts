<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>postlude</name>
    <message numerus="yes">
        <source>%n files, oldest first</source>
        <translation><numerusform>%n file</numerusform><numerusform>%n files, oldest first</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n formats</source>
        <translation><numerusform>%n format</numerusform><numerusform>%n formats</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n known</source>
        <translation><numerusform>%n known</numerusform><numerusform>%n known</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Backends · %n</source>
        <translation><numerusform>Backends · %n</numerusform><numerusform>Backends · %n</numerusform></translation>
    </message>
</context>
</TS>
