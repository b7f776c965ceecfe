using System.Net;
using System.Xml;
using System.Xml.Linq;

namespace DocumentAgents.Reading.Interchange;

/// <summary>
/// Builds a tree out of OFX markup. An element with text is a value and ends at the next tag; an element that is never closed held nothing,
/// so what was put into it belongs beside it.
/// </summary>
internal sealed class OfxTree(string text, int start, DocumentSource source)
{
    private readonly Stack<XElement> open = new();
    private XElement? root;
    private int at = start;
    private int nodes;
    private bool rootClosed;

    public XDocument Build()
    {
        while (at < text.Length && !rootClosed)
        {
            var tag = text.IndexOf('<', at);
            AddText(text[at..(tag < 0 ? text.Length : tag)]);
            if (tag < 0)
            {
                break;
            }

            at = tag;
            Tag();
        }

        return rootClosed ? new XDocument(root) : throw ReadException.Malformed("the OFX element is never closed: cut off", LineAt(at));
    }

    private void Tag()
    {
        var rest = text.AsSpan(at);
        if (rest.StartsWith("<![CDATA["))
        {
            var cdataEnd = End("]]>");
            AddValue(text[(at + 9)..cdataEnd]);
            at = cdataEnd + 3;
            return;
        }

        var end = rest.StartsWith("<!--") ? End("-->") + 2 : End(">");
        var inner = text[(at + 1)..end].Trim();
        if (inner.StartsWith('/'))
        {
            Close(inner[1..].Trim());
        }
        else if (inner.Length > 0 && inner[0] is not ('!' or '?'))
        {
            Open(inner);
        }

        at = end + 1;
    }

    private void Open(string inner)
    {
        var name = inner.Split([' ', '\t', '\r', '\n', '/'], 2)[0];
        if (++nodes > source.Limits.MaxXmlNodes || open.Count >= source.Limits.MaxXmlDepth)
        {
            throw ReadException.Limit("too many elements, or too deep", LineAt(at));
        }

        CloseValue();
        var element = new XElement(XmlConvert.EncodeLocalName(name));
        if (open.TryPeek(out var parent))
        {
            parent.Add(element);
        }
        else
        {
            root = element;
        }

        if (!inner.EndsWith('/'))
        {
            open.Push(element);
        }
    }

    private void Close(string name)
    {
        name = XmlConvert.EncodeLocalName(name) ?? "";
        if (!open.Any(element => element.Name.LocalName == name))
        {
            return;
        }

        while (open.Peek().Name.LocalName != name)
        {
            MoveChildrenOut(open.Pop());
        }

        _ = open.Pop();
        rootClosed = open.Count == 0;
    }

    private static void MoveChildrenOut(XElement element)
    {
        if (element.HasElements)
        {
            var children = element.Elements().ToList();
            children.ForEach(child => child.Remove());
            element.AddAfterSelf(children);
        }
    }

    private void CloseValue()
    {
        if (open.Count > 1 && !open.Peek().HasElements && open.Peek().FirstNode is XText)
        {
            _ = open.Pop();
        }
    }

    private void AddText(string between)
    {
        if (!string.IsNullOrWhiteSpace(between))
        {
            AddValue(WebUtility.HtmlDecode(between.Trim()));
        }
    }

    private void AddValue(string value)
    {
        if (open.TryPeek(out var element) && !element.HasElements)
        {
            element.Add(new XText(string.Concat(value.Where(XmlConvert.IsXmlChar))));
        }
    }

    private int End(string mark)
    {
        var end = text.IndexOf(mark, at, StringComparison.Ordinal);
        return end >= 0 ? end : throw ReadException.Malformed($"'{mark}' is missing", LineAt(at));
    }

    private Place LineAt(int offset) => Place.Line(text.AsSpan(0, offset).Count('\n') + 1);
}
