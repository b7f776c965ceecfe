using System.Buffers.Binary;
using System.Text;

namespace DurableEngine.History;

/// <summary>Reads what <see cref="RecordWriter"/> wrote; anything else is an <see cref="InvalidDataException"/>.</summary>
internal sealed class RecordReader(ReadOnlyMemory<byte> data)
{
    private int position;

    public bool AtEnd => position >= data.Length;

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() != 0;

    public long Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw new InvalidDataException("A number in a history record is longer than 64 bits.");
    }

    public int Int() => checked((int)Number());

    public string Text() => Encoding.UTF8.GetString(Take(Int()));

    public string? OptionalText() => Flag() ? Text() : null;

    public Instant Time() => new(Number(), BinaryPrimitives.ReadInt32LittleEndian(Take(4)));

    public T? Optional<T>(Func<RecordReader, T> read) where T : class => Flag() ? read(this) : null;

    public List<T> List<T>(Func<RecordReader, T> read)
    {
        var count = Int();
        var values = new List<T>(Math.Min(count, 1024));
        for (var i = 0; i < count; i++)
        {
            values.Add(read(this));
        }

        return values;
    }

    public T Framed<T>(Func<RecordReader, T> read)
    {
        var length = Int();
        var start = position;
        Take(length);
        return read(new RecordReader(data.Slice(start, length)));
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > data.Length - position)
        {
            throw new InvalidDataException("A history record ends too early.");
        }

        var span = data.Span.Slice(position, length);
        position += length;
        return span;
    }
}
