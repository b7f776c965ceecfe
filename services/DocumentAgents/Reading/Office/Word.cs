using System.Xml.Linq;

namespace DocumentAgents.Reading.Office;

/// <summary>Names of WordprocessingML.</summary>
internal static class Word
{
    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    public static readonly XName Value = W + "val";
    public static readonly XName Style = W + "style";
    public static readonly XName StyleId = W + "styleId";
    public static readonly XName Name = W + "name";
    public static readonly XName ParagraphProperties = W + "pPr";
    public static readonly XName ParagraphStyle = W + "pStyle";
    public static readonly XName TableRow = W + "tr";
    public static readonly XName TableCell = W + "tc";
    public static readonly XName NoteType = W + "type";
    public static readonly XName Checked = W + "checked";
    public static readonly XName Default = W + "default";
    public static readonly XName Character = W + "char";
    public static readonly XName CheckBox = W + "checkBox";
    public static readonly XName TextBoxContent = W + "txbxContent";
}
