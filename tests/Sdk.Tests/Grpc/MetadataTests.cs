using Grpc.Core;
using Xunit;

namespace Sdk.Tests.Grpc;

public sealed class MetadataTests
{
    [Fact]
    public void Get_KeyInAnyCase_FindsTheLastEntry()
    {
        var metadata = new Metadata { { "Key", "one" }, { "key", "two" }, { "other", "three" } };

        Assert.Equal("two", metadata.GetValue("KEY"));
        Assert.Equal(["one", "two"], metadata.GetAll("kEy").Select(entry => entry.Value));
        Assert.Equal(["key", "key", "other"], metadata.Select(entry => entry.Key));
        Assert.Null(metadata.Get("missing"));
    }

    [Fact]
    public void BinaryEntry_ArrayChangedLater_KeepsItsBytes()
    {
        byte[] bytes = [1, 2];
        var entry = new Metadata.Entry("k-bin", bytes);
        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.True(entry.IsBinary);
        Assert.Equal([1, 2], entry.ValueBytes);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
    }

    [Fact]
    public void TextEntry_AskedForBytes_AnswersAscii() => Assert.Equal("ab"u8.ToArray(), new Metadata.Entry("k", "ab").ValueBytes);

    [Theory]
    [InlineData("with space")]
    [InlineData("ключ")]
    [InlineData("colon:")]
    [InlineData("text-bin")]
    public void TextEntry_BadKey_Throws(string key) => Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));

    [Fact]
    public void BinaryEntry_KeyWithoutSuffix_Throws() => Assert.Throws<ArgumentException>(() => new Metadata.Entry("plain", [1]));

    [Fact]
    public void Empty_Changed_Throws()
    {
        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
    }

    [Fact]
    public void Entries_EditedByPosition_StayInOrder()
    {
        var metadata = new Metadata { { "a", "1" }, { "c", "3" } };
        metadata.Insert(1, new Metadata.Entry("b", "2"));
        metadata[2] = new Metadata.Entry("d", "4");
        metadata.RemoveAt(0);

        Assert.Equal(["2", "4"], metadata.Select(entry => entry.Value));
        Assert.Equal(2, metadata.Count);
        Assert.True(metadata.Remove(metadata[0]));
        Assert.Equal(-1, metadata.IndexOf(new Metadata.Entry("d", "4")));
    }
}
